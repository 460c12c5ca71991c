import { expect, test } from 'vitest';
import { grantScopes, type Scope, scopes, scopesFor } from '../../shared/identity/scopes.ts';

const byHolder = { 'signed-in': ['voip.join', 'chat.join'], agent: ['voip', 'chat'], admin: ['chat'] } as const;

test.each<[('agent' | 'admin')[], string]>([
  [[], 'voip.join chat.join'],
  [['agent'], 'voip.join chat.join voip chat'],
  [['agent', 'admin'], 'voip.join chat.join voip chat'],
])('the roles %j may have %s', (roles, allowed) => {
  expect(scopesFor(roles, byHolder).join(' ')).toBe(allowed);
});

test.each<[string, string, string]>([
  ['', 'voip.join chat.join', 'voip.join'],
  ['', 'chat', 'chat'],
  ['chat.join', 'voip.join chat.join', 'chat.join'],
  ['chat.join voip.join', 'voip.join chat.join', 'chat.join voip.join'],
  ['voip.join voip.join', 'voip', 'voip.join'],
  ['chat.join.limited', 'chat.join', 'chat.join.limited'],
  ['chat.join.limited chat.join', 'chat', 'chat.join.limited chat.join'],
])('who asks for %j and may have %j gets %j', (asked, allowed, granted) => {
  expect(grantScopes(listOf(asked), listOf(allowed)).join(' ')).toBe(granted);
});

test.each<[string, string, string]>([
  ['voip', 'voip.join chat.join', 'You may not ask for voip. Allowed: voip.join, chat.join.'],
  ['chat voip', 'voip', 'You may not ask for chat. Allowed: voip.'],
  ['chat', 'chat.join', 'You may not ask for chat. Allowed: chat.join.'],
  ['chat.join', 'chat.join.limited', 'You may not ask for chat.join. Allowed: chat.join.limited.'],
  ['voip', '', 'Your roles are given no tokens here.'],
  ['', '', 'Your roles are given no tokens here.'],
])('who asks for %j and may have %j is refused: %s', (asked, allowed, told) => {
  expect(() => grantScopes(listOf(asked), listOf(allowed))).toThrow(
    expect.objectContaining({ code: 'scope-not-allowed', message: told }),
  );
});

test('nobody is ever granted what is neither allowed nor narrower', () => {
  for (const one of scopes)
    for (const other of scopes) {
      const granted = attempt(() => grantScopes([one], [other]));
      expect(granted === undefined || one === other || one.startsWith(`${other}.`)).toBe(true);
    }
});

const listOf = (text: string) => text.split(' ').filter(Boolean) as Scope[];

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
