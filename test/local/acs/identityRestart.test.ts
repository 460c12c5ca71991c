import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommunicationIdentityClient } from '@azure/communication-identity';
import { afterAll, describe, expect, test } from 'vitest';
import { compact } from '../../../local/acs/identity/compact.ts';
import type { IdentityFact } from '../../../local/acs/identity/facts.ts';
import { anAcs, type TestAcs } from './anAcs.ts';

const directory = mkdtempSync(join(tmpdir(), 'identities-'));
afterAll(() => rmSync(directory, { recursive: true }));

const clientOf = (acs: TestAcs) =>
  new CommunicationIdentityClient(acs.connectionString, { allowInsecureConnection: true } as never);
const listed = async (acs: TestAcs) =>
  (await fetch(`${acs.url}/admin/identities`)).json() as Promise<{ identities: unknown[] }>;
const check = async (acs: TestAcs, token: string) => {
  const init = { method: 'POST', body: JSON.stringify({ token }) };
  return ((await (await fetch(`${acs.url}/admin/tokens/check`, init)).json()) as { state: string }).state;
};

test('a world that is started again knows its identities and what their tokens are worth, and never knew their text', async () => {
  const identityJournal = join(directory, 'known.jsonl');
  const before = await anAcs({ identityJournal });
  const [kept, revoked, deleted] = [
    await clientOf(before).createUserAndToken(['chat']),
    await clientOf(before).createUserAndToken(['voip']),
    await clientOf(before).createUserAndToken(['chat']),
  ];
  await clientOf(before).revokeTokens(revoked.user);
  await clientOf(before).deleteUser(deleted.user);
  const was = await listed(before);
  await before.close();
  expect(readFileSync(identityJournal, 'utf8')).not.toContain(kept.token.split('.')[2]);

  const after = await anAcs({ identityJournal });
  expect(await listed(after)).toEqual(was);
  const states = [kept, revoked, deleted].map(({ token }) => check(after, token));
  expect(await Promise.all(states)).toEqual(['valid', 'revoked', 'identity-deleted']);
  await clientOf(after).getToken(kept.user, ['chat']);
  await expect(clientOf(after).getToken(deleted.user, ['chat'])).rejects.toMatchObject({ statusCode: 404 });
  await after.close();
});

test('a fresh world has no identities, and stays fresh after a restart', async () => {
  const identityJournal = join(directory, 'fresh.jsonl');
  const before = await anAcs({ identityJournal });
  const { token } = await clientOf(before).createUserAndToken(['chat']);
  await fetch(`${before.url}/admin/reset`, { method: 'POST' });
  expect(await check(before, token)).toBe('unknown');
  await before.close();
  const after = await anAcs({ identityJournal });
  expect(await listed(after)).toEqual({ identities: [] });
  await after.close();
});

describe('what is forgotten at a start:', () => {
  const created = (identity: string): IdentityFact => ({ type: 'created', identity, at: 0 });
  const deleted = (identity: string): IdentityFact => ({ type: 'deleted', identity, at: 1 });
  const revoked = (identity: string): IdentityFact => ({ type: 'revoked', identity, at: 1 });
  const issued = (id: string, identity: string, expiresAt: number): IdentityFact => ({
    type: 'issued',
    token: { id, identity, scopes: ['chat'], issuedAt: 0, expiresAt },
  });

  test('nothing of an identity that exists but expired tokens, of which the last stay', () => {
    const facts = [
      created('a'),
      issued('1', 'a', 5),
      issued('2', 'a', 5),
      revoked('a'),
      issued('3', 'a', 50),
      issued('4', 'a', 5),
    ];
    expect(compact(facts, { now: 5, kept: 2 })).toEqual(facts.toSpliced(1, 1));
  });

  test('all of a deleted identity, of which the last stay', () => {
    const facts = [
      created('a'),
      issued('1', 'a', 50),
      created('b'),
      revoked('a'),
      deleted('a'),
      deleted('b'),
      revoked('b'),
    ];
    const ofB = facts.filter((fact) => (fact.type === 'issued' ? fact.token.identity : fact.identity) === 'b');
    expect(compact(facts, { now: 5, kept: 1 })).toEqual(ofB);
  });

  test('nothing else', () => {
    const facts = [created('a'), created('b'), deleted('b'), issued('1', 'a', 5), issued('2', '8:orgid:c', 50)];
    expect(compact(facts, { now: 0 })).toEqual(facts);
  });
});
