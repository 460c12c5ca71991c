import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Config } from '../../shared/config.ts';
import { callRoutes } from '../../shared/http/calls.ts';
import { readRequest } from '../../shared/http/readRequest.ts';
import { faultOfPrompt, readPrompt } from '../../shared/runtime/prompts.ts';

const folder = mkdtempSync(join(tmpdir(), 'switchboard-prompts-'));
mkdirSync(join(folder, 'prompts'));
for (const file of ['prompts/hello.wav', 'secret.wav']) writeFileSync(join(folder, file), file);
afterAll(() => rmSync(folder, { recursive: true }));
const config = { PLAYBOOK_FILE: join(folder, 'playbook.json') } as Config;

/** As the route does: the name is looked at before the file is. */
const fetched = async (name: string) => {
  const { params } = readRequest(callRoutes.prompt, {
    params: { file: name },
    query: {},
    headers: {},
    body: undefined,
  });
  return Buffer.from(await readPrompt(params.file, config)).toString();
};

test('a prompt is read as it lies there', async () => {
  expect(await fetched('hello.wav')).toBe('prompts/hello.wav');
});

test('one that is not there is not found', async () => {
  expect(faultOfPrompt('none.wav', config)).toMatch(/^prompts\/none.wav is not there/);
  await expect(fetched('none.wav')).rejects.toMatchObject({ code: 'not-found' });
});

test.each([
  '../secret.wav',
  '..%2Fsecret.wav',
  '..\\secret.wav',
  '/etc/passwd',
  'prompts/hello.wav',
  './hello.wav',
  'hello.wav/',
  'hello.wav\n',
  'hello.wav\0',
  'hello.WAV',
  'playbook.json',
  '.wav',
  '',
])('%j is no name of a prompt', async (name) => {
  await expect(fetched(name)).rejects.toMatchObject({ code: 'invalid-input' });
});
