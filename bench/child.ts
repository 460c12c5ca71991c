import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** What a child answers with. */
export type Reply = { readonly value: unknown } | { readonly error: string };

/** A process of its own that answers questions, one at a time. */
export interface Child {
  ask<T>(question: object): Promise<T>;
  /** Lets it end by itself; resolves when it has. */
  end(): Promise<void>;
}

/** Starts a program of this folder that calls `answer`, with arguments for Node. It also ends when this process does, in whatever way. */
export function startChild(file: string, execArgv: readonly string[] = []): Child {
  const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const;
  const child = fork(file, { execArgv: [...execArgv], serialization: 'advanced', stdio: [...stdio] });
  const exited: Promise<unknown[]> = once(child, 'exit');
  return {
    async ask<T>(question: object): Promise<T> {
      const reply = await replyTo(child, exited, question);
      if ('error' in reply) throw new Error(reply.error);
      return reply.value as T;
    },
    async end() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

async function replyTo(child: ChildProcess, exited: Promise<unknown[]>, question: object): Promise<Reply> {
  const gone = exited.then(([code, signal]) => {
    throw new Error(`A process of the measurement ended by itself (${signal ?? `exit code ${code}`}).`);
  });
  const replied = once(child, 'message') as Promise<[Reply]>;
  if (child.connected) child.send(question);
  const [reply] = await Promise.race([replied, gone]);
  return reply;
}
