import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** What worlds of this process hold. Our own id in any other file was a dead process's: in a container they come again soon. */
const held = new Set<string>();
/** Milliseconds between two looks. */
const pause = 50;

/**
 * Makes the folder one world's alone, for two would write over each other's data without noticing: `world.pid` in it says
 * whose. Throws a sentence if another world has it that still runs; one that was killed is succeeded.
 */
export async function occupy(folder: string): Promise<{ close(): Promise<void> }> {
  const file = join(folder, 'world.pid');
  if (held.has(file)) throw inUse(file, process.pid);
  held.add(file);
  try {
    await take(file);
  } catch (error) {
    held.delete(file);
    throw error;
  }
  return {
    async close() {
      await rm(file, { force: true });
      held.delete(file);
    },
  };
}

async function take(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  while (!(await wrote(file))) {
    await vacated(file);
    await rm(file, { force: true });
  }
}

/** False if there is such a file: of two who come at once, one finds it. */
async function wrote(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Resolves when the process that left its id in the file is no more; throws a sentence if it still is after `patience` milliseconds. */
export async function vacated(file: string, patience = 0): Promise<void> {
  const pid = Number(await readFile(file, 'utf8').catch(() => ''));
  for (let waited = 0; await lives(pid); waited += pause) {
    if (waited >= patience) throw inUse(file, pid);
    await setTimeout(pause);
  }
}

const inUse = (file: string, pid: number): Error =>
  new Error(
    `${dirname(file)} is in use by process ${pid}, which should be another world. End that one, or set LOCAL_DATA to ` +
      `another folder. If process ${pid} is no world, delete ${file}.`,
  );

async function lives(pid: number): Promise<boolean> {
  if (!(pid > 0) || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process may not be signalled, not even with nothing.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !(await isZombie(pid));
}

/** Linux keeps the id of an ended process until its parent asks, which that of an orphan in a container may never do. */
const isZombie = async (pid: number): Promise<boolean> =>
  /\) Z /.test(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''));
