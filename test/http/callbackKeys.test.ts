import { afterEach, beforeEach, expect, test } from 'vitest';
import { bearer, type CallbackStage, callbackStage, means } from './callbackStage.ts';
import { type TestIssuer, testIssuer } from './testIssuer.ts';

let provider: TestIssuer;
let stage: CallbackStage;
const keysAsked = () => provider.asked.filter((path) => path === '/keys').length;

/** A minute after a first callback was taken. */
beforeEach(async () => {
  provider = await testIssuer({ alg: 'RS256', means });
  stage = await callbackStage(provider, provider);
  expect((await stage.post(bearer(await provider.token()))).status).toBe(204);
  stage.time.ms += 60_000;
});
afterEach(() => provider.close());

test('the first callback with a new key is taken, and none with the old one once that is gone', async () => {
  const next = await provider.newKey('next');
  await provider.publish(next);
  provider.forget();
  const old = bearer(await provider.token());
  expect((await stage.post(bearer(await provider.sign(next)))).status).toBe(204);
  expect(await stage.refused(old)).toBe(503);
  stage.time.ms += 30_000;
  expect(await stage.refused(old)).toBe(401);
  expect((await stage.post(bearer(await provider.sign(next)))).status).toBe(204);
});

test('while both are published, both are taken', async () => {
  const next = await provider.newKey('next');
  await provider.publish(next);
  for (const token of [await provider.sign(next), await provider.token()])
    expect((await stage.post(bearer(token))).status).toBe(204);
  expect(keysAsked()).toBe(2);
});

test('tokens of keys that it never had ask Call Automation every half minute at most', async () => {
  const before = keysAsked();
  // Ten a second for two minutes.
  for (let n = 0; n < 1_200; n++, stage.time.ms += 100)
    expect([401, 503]).toContain((await stage.post(bearer(await provider.forge({ kid: `none-${n}` })))).status);
  expect(keysAsked() - before).toBe(4);
});

test('while it cannot be asked, it is told to come again', async () => {
  const next = await provider.newKey('next');
  provider.self.up = false;
  expect(await stage.refused(bearer(await provider.sign(next)))).toBe(503);
  expect((await stage.post(bearer(await provider.token()))).status).toBe(204);
});
