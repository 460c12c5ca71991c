import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aLine, type Line } from './aLine.ts';
import { callRows } from './rows/callRows.ts';
import { mediaRows } from './rows/mediaRows.ts';
import { participantRows } from './rows/participantRows.ts';
import { recordingRows } from './rows/recordingRows.ts';
import type { Given } from './rows/row.ts';
import { toneRows } from './rows/toneRows.ts';

const rows = [...callRows, ...participantRows, ...mediaRows, ...toneRows, ...recordingRows];

let line: Line;
let given: Given;
beforeAll(async () => {
  line = await aLine();
});
beforeEach(async () => {
  await line.fresh();
  given = { ...(await line.answer()), line };
});
afterAll(() => line.close());

describe.each(rows)('$name', ({ does, answers, tells, errors }) => {
  test('is carried out, and told of', async () => {
    const answer = await does(given);
    if (answers !== undefined) expect(answer).toMatchObject(answers);
    if (tells !== undefined) {
      const [type, times, code = 200] = tells;
      expect(await line.app.told(type, times)).toMatchObject({
        callConnectionId: expect.any(String),
        serverCallId: expect.any(String),
        correlationId: expect.any(String),
        resultInformation: { code },
      });
    }
  });

  test.each(errors)('%s is refused', async (_what, run, statusCode, code) => {
    await expect(run(given)).rejects.toMatchObject({ statusCode, code });
  });
});

/** What the SDK does by itself, or with a file of a recording (test/local/acs/recordings). */
const elsewhere = [
  ...['getCallConnection', 'getCallRecording', 'getSourceIdentity', 'getCallMedia', 'createCallInternal'],
  ...['createPlaySourceInternal', 'createRecognizeRequest', 'createCustomCallingContextInternal'],
  ...['delete', 'downloadStreaming', 'downloadToStream', 'downloadToPath'],
];

test('there is a row for each operation of the SDK', () => {
  const rowNames = rows.flatMap(({ name }) => name.split(' '));
  const parts = [line.client, given.call, given.media, line.client.getCallRecording()];
  const names = parts.flatMap((part) => Object.getOwnPropertyNames(Object.getPrototypeOf(part)));
  const missing = names.filter((name) => name !== 'constructor' && !rowNames.includes(name));
  expect(missing.toSorted()).toEqual(elsewhere.toSorted());
});
