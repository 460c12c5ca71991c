import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consoleLog } from '../consoleLog.ts';
import { freePort } from '../ports.ts';
import { apart } from '../settings.ts';
import { startWorld } from '../world.ts';
import { callStory } from './callStory.ts';
import { demoPlaybook } from './demoPlaybook.ts';
import { play } from './story.ts';
import { textStory } from './textStory.ts';
import { tokenStory } from './tokenStory.ts';

/** Plays a short story of texts, calls and a token on ports and data of its own and prints it as a transcript; the exit code is 1 if a step fails. */
export async function demo(root: string, environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'switchboard-demo-'));
  console.log('Starting a world for the demo…\n');
  try {
    const settings = apart(directory, await freePort());
    const playbook = demoPlaybook(environment['PLAYBOOK_FILE'] || join(root, 'playbook.json'), directory);
    const own = { ...environment, PLAYBOOK_FILE: playbook };
    const world = await startWorld({ root, settings, environment: own, functions: true, log: consoleLog('error') });
    try {
      const steps = [...(await textStory(world)), ...(await callStory(world)), ...(await tokenStory(world))];
      if (!(await play(steps, console.log))) process.exitCode = 1;
    } finally {
      await world.close();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
