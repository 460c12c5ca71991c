import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { occupy, vacated } from '../../local/occupancy.ts';

/** A folder, not made yet, and the file by which it is held; `holder`: what stands in that. */
function aFolder(holder?: string | number) {
  const above = mkdtempSync(join(tmpdir(), 'occupancy-'));
  onTestFinished(() => rmSync(above, { recursive: true }));
  const folder = join(above, 'data');
  const file = join(folder, 'world.pid');
  if (holder !== undefined) {
    mkdirSync(folder);
    writeFileSync(file, String(holder));
  }
  return { folder, file };
}

/** A process of its own that does nothing until it is ended. */
async function another(command = process.execPath, args = ['--eval', 'process.stdin.resume()']): Promise<ChildProcess> {
  const child = spawn(command, args);
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  return child;
}

test('a folder is held until it is let go, and nothing is left behind', async () => {
  const { folder, file } = aFolder();
  const held = await occupy(folder);
  expect(readFileSync(file, 'utf8')).toBe(String(process.pid));
  await expect(occupy(folder)).rejects.toThrow(`${folder} is in use by process ${process.pid}`);
  expect(existsSync(file)).toBe(true);
  await held.close();
  expect(existsSync(file)).toBe(false);
  await (await occupy(folder)).close();
});

test('of two who come at once, one has it', async () => {
  const { folder } = aFolder();
  const outcomes = await Promise.allSettled([occupy(folder), occupy(folder)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('whose process lives is told, with what to do about it', async () => {
  const { pid } = await another();
  const { folder, file } = aFolder(pid);
  const refusal = await occupy(folder).catch(({ message }: Error) => message);
  expect(refusal).toBe(
    `${folder} is in use by process ${pid}, which should be another world. End that one, or set LOCAL_DATA to another ` +
      `folder. If process ${pid} is no world, delete ${file}.`,
  );
  expect(readFileSync(file, 'utf8')).toBe(String(pid));
});

test.each([
  ['nobody', ''],
  ['somebody unreadable', 'me'],
  ['an earlier process that had our id', process.pid],
])('one that is left to %s is taken', async (_, holder) => {
  const { folder, file } = aFolder(holder);
  await occupy(folder);
  expect(readFileSync(file, 'utf8')).toBe(String(process.pid));
});

test('one that belonged to a process which was killed is taken, or waited for while it still ends', async () => {
  const child = await another();
  const { folder, file } = aFolder(child.pid);
  const waiting = vacated(file, 60_000);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await waiting;
  await occupy(folder);
  expect(readFileSync(file, 'utf8')).toBe(String(process.pid));
});

test.runIf(process.platform === 'linux')('a process that ended without anybody asking counts as ended', async () => {
  const parent = await another('sh', ['-c', 'sleep 60 & echo $!; exec cat']);
  const lines = createInterface(parent.stdout!);
  const [pid] = await once(lines, 'line');
  // Once it echoes it is no shell any more, which would ask.
  parent.stdin!.write('here\n');
  await once(lines, 'line');
  process.kill(Number(pid), 'SIGKILL');
  await vacated(aFolder(pid).file, 60_000);
  expect(process.kill(Number(pid), 0)).toBe(true);
});
