import { useMemo, useRef } from 'react';
import { type Api, ApiError, type TextEntry } from '../api/client.ts';
import { faultOf, reasonOf } from '../timeline/advice.ts';
import { keep, kept, useKept } from './kept.ts';
import { type Outgoing, read, settled, withOutgoing, written } from './outbox.ts';

export interface Outbox {
  readonly outgoing: readonly Outgoing[];
  /** `after`: the latest entry shown. */
  send(text: string, after: string | undefined): void;
  /** The same message once more: it stays one. */
  again(outgoing: Outgoing): void;
  drop(outgoing: Outgoing): void;
}

/** Keys whose answer this page waits for. */
const awaited = new Set<string>();

const nameOf = (conversation: string): string => `outbox.${conversation}`;

export const forgetOutbox = (conversation: string): void => keep(nameOf(conversation), '');

/** What is on its way in a conversation, in the order in which it was written. `taken`: the app has it. */
export function useOutbox(api: Api, conversation: string, taken: (message: TextEntry) => void): Outbox {
  const name = nameOf(conversation);
  const stored = useKept(name);
  const outgoing = useMemo(() => settled(read(stored), (key) => awaited.has(key)), [stored]);
  const before = useRef(Promise.resolve());
  const put = (key: string, now: Outgoing | undefined) => keep(name, written(withOutgoing(read(kept(name)), key, now)));
  const post = async (one: Outgoing) => {
    try {
      taken(await api.send(conversation, one.text, one.key));
      put(one.key, undefined);
    } catch (error) {
      put(one.key, { ...one, ...failureOf(error) });
    }
    awaited.delete(one.key);
  };
  const again = (one: Outgoing) => {
    if (awaited.has(one.key)) return;
    const sending: Outgoing = { ...one, state: 'sending', fault: undefined };
    awaited.add(one.key);
    put(one.key, sending);
    before.current = before.current.then(() => post(sending));
  };
  return {
    outgoing,
    send: (text, after) =>
      again({ key: crypto.randomUUID(), text, at: new Date().toISOString(), after, state: 'sending' }),
    again,
    drop: ({ key }) => put(key, undefined),
  };
}

/** Refusals that say nothing of whether an earlier try was taken, or that pass. */
const passing = ['busy', 'unauthenticated'];

function failureOf(error: unknown): Pick<Outgoing, 'state' | 'fault'> {
  const refused = error instanceof ApiError && error.status < 500 && !passing.includes(error.code);
  return refused ? { state: 'refused', fault: faultOf(error) } : { state: 'unclear', fault: reasonOf(error) };
}
