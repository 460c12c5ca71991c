/** Bundled and started by `programs.ts`: the local host with the app, apart from storage and the emulators. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { consoleLog } from '../local/consoleLog.ts';
import { type FunctionsHost, startFunctionsHost } from '../local/functionsHost/startFunctionsHost.ts';
import { answer } from './answer.ts';

export type FunctionsQuestion =
  | {
      readonly type: 'start';
      readonly root: string;
      readonly env: Readonly<Record<string, string | undefined>>;
      readonly port: number;
    }
  | { readonly type: 'memory' };

/** Bytes. */
export interface Memory {
  /** Resident, now and at most. */
  readonly now: number;
  readonly peak: number;
  /** What is still reachable: the heap after a collection. */
  readonly live: number;
}

let host: FunctionsHost | undefined;

answer(
  async (question: FunctionsQuestion) => {
    if (question.type === 'memory') return memory();
    host = await startFunctionsHost({ ...question, log: consoleLog('error') });
    return host.url;
  },
  async () => host?.close(),
);

function memory(): Memory {
  const resident = { now: process.memoryUsage.rss(), peak: process.resourceUsage().maxRSS * 1024 };
  // Only then, for a collection would make it less.
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
  return { ...resident, live: process.memoryUsage().heapUsed };
}
