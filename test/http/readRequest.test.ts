import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { parseConversationId, parseEntryKey } from '../../shared/conversations/keys.ts';
import { InvalidRequest, readRequest } from '../../shared/http/readRequest.ts';
import type { Schema } from '../../shared/http/route.ts';
import { routes } from '../../shared/http/routes.ts';
import { conversation, entry, type Sample, samples } from './samples.ts';

/** A route's request with some of its sample changed: read, or its faults in one line each. */
function read(name: string, changed: Sample) {
  const route = routes.find((known) => known.name === name)!;
  const { params = {}, query = {}, headers = {}, body } = { ...samples[name], ...changed };
  try {
    return readRequest(route, { params, query, headers, body });
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    return error.message;
  }
}

describe('the inbox', () => {
  test.each<[Record<string, string>, unknown]>([
    [{}, { limit: 50 }],
    [{ service: '+18005550100' }, { service: '+18005550100', limit: 50 }],
    [{ service: ' 18005550100' }, { service: '+18005550100', limit: 50 }],
    [{ service: '18005550100' }, { service: '+18005550100', limit: 50 }],
    [{ service: '12345' }, { service: '12345', limit: 50 }],
    [
      { unread: 'true', limit: '100' },
      { unread: true, limit: 100 },
    ],
    [
      { unread: 'false', flag: 'stop-suggested' },
      { unread: false, flag: 'stop-suggested', limit: 50 },
    ],
  ])('%j is understood', (query, understood) => {
    expect(read('listConversations', { query })).toMatchObject({ query: understood });
  });

  test.each<[Record<string, string>, string]>([
    [{ service: 'nobody at all' }, 'query service must be a number, a short code or a sender name'],
    [{ unread: 'yes' }, 'query unread must be "true" or "false"'],
    [{ flag: 'red' }, 'query flag must be "stop-suggested" or "unknown" or "failed" or "too-old"'],
    [{ limit: '0' }, 'query limit must be at least 1'],
    [{ limit: '101' }, 'query limit must be at most 100'],
    [{ limit: '1.5' }, 'query limit must be a whole number'],
    [{ limit: 'all' }, 'query limit must be of type number'],
    [{ limit: '' }, 'query limit must be at least 1'],
    [{ cursor: '' }, 'query cursor must have at least 1 characters'],
    [{ unred: 'true' }, 'query unred is not known here'],
  ])('%j is refused', (query, fault) => {
    expect(read('listConversations', { query })).toBe(fault);
  });
});

describe('an update', () => {
  test.each<[unknown, unknown]>([
    [{ mode: 'bot' }, { mode: 'bot' }],
    [{ readTo: 'latest' }, { readTo: 'latest' }],
    [{ readTo: entry }, { readTo: entry }],
    [
      { consent: { consent: 'given', reason: 'Signed a form.' } },
      { consent: { consent: 'given', reason: 'Signed a form.' } },
    ],
  ])('%j is understood', (body, understood) => {
    expect(read('updateConversation', { body })).toMatchObject({ body: understood });
  });

  test.each<[unknown, string]>([
    [{}, 'body must say at least one of mode, readTo, consent and settle'],
    [{ mode: 'robot' }, 'body mode must be "bot" or "agent"'],
    [{ readTo: 'first' }, 'body readTo must be the id of an entry, or "latest"'],
    [{ readTo: true }, 'body readTo must be of type string'],
    [{ consent: 'given' }, 'body consent must be of type object'],
    [{ consent: { consent: 'given' } }, 'body consent.reason is missing'],
    [{ consent: { consent: 'given', reason: ' ' } }, 'body consent.reason must say something'],
    [
      { consent: { consent: 'given', reason: 'a'.repeat(501) } },
      'body consent.reason must have at most 500 characters',
    ],
    [{ consent: { consent: 'given', reason: 'a', by: 'subscriber' } }, 'body consent.by is not known here'],
    [{ mode: 'bot', stopAt: 0 }, 'body stopAt is not known here'],
  ])('%j is refused', (body, fault) => {
    expect(read('updateConversation', { body })).toBe(fault);
  });

  test('of what is no conversation is refused', () => {
    expect(read('updateConversation', { params: { id: 'me' } })).toBe(
      'path id must be the id of a conversation, as the inbox gives it',
    );
  });
});

describe('a message', () => {
  test.each<[unknown, string]>([
    [{ to: '+14255550123' }, 'body text is missing'],
    [{ text: 'hi' }, 'body to is missing'],
    [{ to: '14255550123', text: 'hi' }, 'body to must be a number in full, such as +14255550123'],
    [{ to: ' +14255550123', text: 'hi' }, 'body to must be a number in full, such as +14255550123'],
    [{ to: '12345', text: 'hi' }, 'body to must be a number in full, such as +14255550123'],
    [{ to: 'BAKERY', text: 'hi' }, 'body to must be a number in full, such as +14255550123'],
    [{ to: ['+14255550123'], text: 'hi' }, 'body to must be of type string'],
    [{ to: '+14255550123', text: '' }, 'body text must say something'],
    [{ to: '+14255550123', text: ' \n ' }, 'body text must say something'],
    [{ to: '+14255550123', text: 'a'.repeat(2049) }, 'body text must have at most 2048 characters'],
    [{ to: '+14255550123', text: '\ud83d' }, 'body text must be whole characters, without half of a surrogate pair'],
    [{ to: '+14255550123', text: 'hi', tag: 'x' }, 'body tag is not known here'],
  ])('%j is refused', (body, fault) => {
    expect(read('sendMessage', { body })).toBe(fault);
  });

  test.each([
    ['of 255 characters', '~'.repeat(255), true],
    ['of 256 characters', '~'.repeat(256), false],
    ['that is empty', '', false],
    ['with a space', 'a b', false],
    ['with an umlaut', 'schlüssel', false],
  ])('with an Idempotency-Key %s: %s', (_, key, taken) => {
    const fault = 'header idempotency-key must be 1 to 255 visible ASCII characters';
    const result = read('sendMessage', { headers: { 'idempotency-key': key } });
    if (taken) expect(result).toMatchObject({ headers: { 'idempotency-key': key } });
    else expect(result).toBe(fault);
  });

  test.each([-1, 1.5, '0', 10_001])('cannot be sent anew for the %jth time', (number) => {
    expect(read('resendMessage', { body: { number } })).toMatch(/^body number must be/);
  });
});

describe('the patterns that the document tells are those that are read', () => {
  const patternOf = (name: string, part: string): RegExp => {
    const schema = routes.find((route) => route.name === name)?.params as Schema;
    const said = z.toJSONSchema(schema, { io: 'input' }) as { properties: Record<string, { pattern: string }> };
    return new RegExp(said.properties[part]!.pattern);
  };
  const ids = patternOf('resendMessage', 'id');
  const entries = patternOf('resendMessage', 'entry');
  test('conversations', () => {
    expect(ids.test(conversation)).toBe(true);
    return fc.assert(
      fc.property(
        fc.oneof(fc.stringMatching(ids), fc.string()),
        (text) => ids.test(text) === (parseConversationId(text) !== undefined),
      ),
    );
  });
  test('entries', () => {
    expect(entries.test(entry)).toBe(true);
    return fc.assert(
      fc.property(
        fc.oneof(fc.stringMatching(entries), fc.string()),
        (text) => entries.test(text) === (parseEntryKey(text) !== undefined),
      ),
    );
  });
});
