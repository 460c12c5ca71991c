import type { Reply } from './child.ts';

/** The child's side: answers its parent's questions, and ends, after `leave`, when there is no parent any more. */
export function answer<Question>(handle: (question: Question) => Promise<unknown>, leave?: () => Promise<void>): void {
  process.on('message', (question: Question) => void reply(handle(question)));
  process.on('disconnect', () => void Promise.resolve(leave?.()).finally(() => process.exit()));
}

async function reply(handling: Promise<unknown>): Promise<void> {
  const said: Reply = await handling.then(
    (value) => ({ value }),
    (error: Error) => ({ error: error.stack ?? error.message }),
  );
  process.send?.(said);
}
