import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { root } from '../support/world.ts';
import type { HostQuestion } from './hostProgram.ts';

/** A functions host that can be stopped, and killed, as a process can. */
export interface Host {
  /** Without a slash at its end. */
  readonly url: string;
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** SIGKILL: no line of it runs any more. Resolves when it is gone. */
  kill(): Promise<void>;
}

/** `port`: 0 for any; `env`: the app's. */
export async function startHost(env: HostQuestion['env'], port = 0): Promise<Host> {
  const child = fork(fileURLToPath(import.meta.resolve('./hostProgram.ts')), { execArgv: [] });
  const exited = once(child, 'exit');
  child.send({ root, env, port } satisfies HostQuestion);
  const [said] = (await once(child, 'message')) as [{ url: string } | { fault: string }];
  if ('fault' in said) throw new Error(said.fault);
  return {
    url: said.url,
    signal: (signal) => void child.kill(signal),
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
