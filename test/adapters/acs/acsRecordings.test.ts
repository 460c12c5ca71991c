import { expect, test } from 'vitest';
import { acsRecordings } from '../../../shared/adapters/acs/acsRecordings.ts';
import { inPlaceOfAcs } from './inPlaceOfAcs.ts';

const location = 'https://us-storage.asm.skype.com/v1/objects/0-eus-d1-abc/content/audio';
const path = new URL(location).pathname;

test('a recording comes over whole, and is removed', async () => {
  const { asked, ...connection } = await inPlaceOfAcs((request, response) =>
    response.writeHead(200).end(request.method === 'GET' ? 'RIFF' : undefined),
  );
  const recordings = acsRecordings(connection);
  expect(Buffer.from((await recordings.fetch(location))!).toString()).toBe('RIFF');
  expect(await recordings.remove(location)).toBe(true);
  expect(asked).toMatchObject([
    { method: 'GET', path },
    { method: 'DELETE', path },
  ]);
});

test.each([404, 410])('a recording that is gone (%d) is absent, and is no failure', async (status) => {
  const { asked: _, ...connection } = await inPlaceOfAcs((_request, response) =>
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify({ status, message: 'Gone.' })),
  );
  expect(await acsRecordings(connection).fetch(location)).toBeUndefined();
  expect(await acsRecordings(connection).remove(location)).toBe(false);
});

test('a refusal, and an answer that breaks off, are failures that say what did not work', async () => {
  const { asked: _, ...refusing } = await inPlaceOfAcs((_request, response) => response.writeHead(403).end('{}'));
  const unavailable = (message: string) => ({ code: 'unavailable', message });
  const [fetched, removed] = ['hand over', 'remove'].map((act) =>
    unavailable(`The provider did not ${act} a recording.`),
  );
  await expect(acsRecordings(refusing).fetch(location)).rejects.toMatchObject(fetched!);
  await expect(acsRecordings(refusing).remove(location)).rejects.toMatchObject(removed!);
  const { asked: __, ...broken } = await inPlaceOfAcs((_request, response) => {
    response.writeHead(200, { 'content-length': 10 }).write('RIFF', () => response.destroy());
  });
  await expect(acsRecordings(broken).fetch(location)).rejects.toMatchObject(fetched!);
});

test('only what lies at this machine’s ACS is asked of it; elsewhere the SDK decides whom it trusts', async () => {
  const { asked, ...connection } = await inPlaceOfAcs((_, response) => response.writeHead(200).end());
  await expect(acsRecordings(connection).fetch('https://storage.example/audio')).rejects.toMatchObject({
    code: 'unavailable',
  });
  expect(asked).toEqual([]);
});
