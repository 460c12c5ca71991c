import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeWav } from '../../shared/calls/wav.ts';
import { readConfig } from '../../shared/config.ts';
import { AppError } from '../../shared/core/errors.ts';
import { parsePlaybook } from '../../shared/playbook/playbook.ts';
import {
  addressesOf,
  callbackSettings,
  callSettings,
  checkCallbackSecret,
  checkCalls,
} from '../../shared/runtime/callSettings.ts';
import { pcm, silentWav } from '../calls/silentWav.ts';
import { requiredSettings } from '../support/requiredSettings.ts';

const folder = mkdtempSync(join(tmpdir(), 'switchboard-prompts-'));
mkdirSync(join(folder, 'prompts'));
writeFileSync(join(folder, 'playbook.json'), '{}');
const files = {
  tone: silentWav(10),
  hello: silentWav(10),
  song: Buffer.from('ID3'),
  stereo: writeWav(pcm(2), []),
  cut: silentWav(10).subarray(0, 100),
};
for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, 'prompts', `${name}.wav`), bytes);
afterAll(() => rmSync(folder, { recursive: true }));

const valid = {
  ...requiredSettings,
  PLAYBOOK_FILE: join(folder, 'playbook.json'),
};
const forCalls = {
  PUBLIC_URL: 'https://app.example',
  CALLBACK_AUDIENCE: 'resource-1',
  SPEECH_ENDPOINT: 'https://speech.example',
};
const config = (more: object) => readConfig({ ...valid, ...more });
const withCalls = (calls?: object) =>
  parsePlaybook({ business: { name: 'Bakery', timeZone: 'UTC' }, sms: { rules: [] }, ...(calls && { calls }) });
const answering = (step: object) => withCalls({ start: 'one', steps: { one: step, two: { hangUp: true } } });
const menu = (prompt: unknown, choice: object) => ({
  menu: { prompt, choices: [{ go: 'two', ...choice }], otherwise: 'two' },
});
const hello = { file: 'hello.wav' };
const spoken = withCalls({ start: 'one', steps: { one: { say: 'Hello.' } } });

/** The lines of what is said, without the first. */
function faultsOf(playbook: ReturnType<typeof withCalls>, settings: object): readonly string[] {
  try {
    checkCalls(playbook, config(settings));
    return [];
  } catch (error) {
    expect(error).toMatchObject({ name: AppError.name, code: 'invalid-configuration' });
    const [first, ...lines] = (error as AppError).message.split('\n  ');
    expect(first).toBe('The settings do not do for calls:');
    return lines;
  }
}

const noUrl =
  'PUBLIC_URL is missing: the playbook answers calls, of which the provider tells the app at its own address.';
const noAudience =
  'CALLBACK_AUDIENCE is missing: the playbook answers calls, and what is told of them must be meant for this app.';
const noSpeech = (why: string) => `SPEECH_ENDPOINT is missing: ${why}. Set it, or use files and keys alone.`;
const noFile = (file: string) => `prompts/${file} is not there, beside the playbook, though calls play it.`;
const { SPEECH_ENDPOINT: _, ...speechless } = forCalls;

test.each<[string, ReturnType<typeof withCalls>, object, readonly string[]]>([
  ['a playbook without calls needs nothing', withCalls(), {}, []],
  ['all is there', spoken, forCalls, []],
  ['files and keys need no speech', answering(menu(hello, { key: '1' })), speechless, []],
  [
    'all that is missing is told at once',
    spoken,
    { PLAYBOOK_FILE: '/nowhere/playbook.json' },
    [noUrl, noAudience, noSpeech('calls.steps.one is to be spoken'), noFile('tone.wav')],
  ],
  ['no address', spoken, { ...forCalls, PUBLIC_URL: '' }, [noUrl]],
  ['no audience', spoken, { ...forCalls, CALLBACK_AUDIENCE: '' }, [noAudience]],
  [
    'SSML without speech',
    answering({ say: { ssml: '<speak/>' }, go: 'two' }),
    speechless,
    [noSpeech('calls.steps.one is to be spoken')],
  ],
  [
    'words without speech',
    answering(menu(hello, { phrases: ['yes'] })),
    speechless,
    [noSpeech('calls.steps.one is to understand words')],
  ],
  [
    'files that are not there',
    answering({ menu: { ...menu({ file: 'a.wav' }, { key: '1' }).menu, again: { file: 'b.wav' } } }),
    speechless,
    [noFile('a.wav'), noFile('b.wav')],
  ],
  ...['song.wav', 'stereo.wav', 'cut.wav'].map((file): [string, ReturnType<typeof withCalls>, object, string[]] => [
    `${file}, which cannot be played`,
    answering({ say: { file }, go: 'two' }),
    speechless,
    [`prompts/${file} cannot be played on calls; make it a WAV file of PCM, mono, 16 kHz, 16 bits.`],
  ]),
])('%s', (_, playbook, settings, faults) => {
  expect(faultsOf(playbook, settings)).toEqual(faults);
});

test('who tells of calls is known where their audience is', () => {
  expect(callbackSettings(config({}))).toBeUndefined();
  expect(callbackSettings(config(forCalls))).toEqual({
    issuer: 'https://acscallautomation.communication.azure.com',
    configuration: 'https://acscallautomation.communication.azure.com/calling/.well-known/acsopenidconfiguration',
    audience: 'resource-1',
  });
});

test.each([
  [forCalls, true],
  [{}, false],
])('with %j words are understood: %s', (settings, speech) => {
  expect(callSettings(config(settings)).speech).toBe(speech);
});

const ref = { conversation: 'c', key: 'k' } as never;

test.each(['https://app.example', 'https://app.example/'])(
  'calls of an app at %s are told of below it',
  (PUBLIC_URL) => {
    const { callback, prompt } = addressesOf(config({ ...forCalls, PUBLIC_URL }));
    expect(prompt('tone.wav')).toBe('https://app.example/api/prompts/tone.wav');
    const [, secret = ''] =
      /^https:\/\/app\.example\/api\/calls\/callbacks\/c\/k\/([\w-]{32})$/.exec(callback(ref)) ?? [];
    expect(() => checkCallbackSecret(secret, ref, valid.CONVERSATION_KEY)).not.toThrow();
  },
);
