import type { CallEntry } from '../conversations/callEntry.ts';
import type { Versioned } from '../conversations/conversationStore.ts';
import type { OutboundMessage } from '../conversations/entry.ts';
import { followHead } from '../conversations/followHead.ts';
import { type Head, standing } from '../conversations/head.ts';
import type { EntryKey } from '../conversations/keys.ts';
import { fillIn } from '../playbook/answer.ts';
import { draftText } from '../sms/draftText.ts';
import { deliverOrLook } from '../sms/lookAt.ts';
import type { Taken } from '../sms/segmentAllowance.ts';
import type { Attempt } from '../sms/sendPolicy.ts';
import type { CallServices } from './callServices.ts';
import type { CallRef } from './recordings.ts';
import type { Turn } from './turn.ts';

/** A turn that has been written down: the call as it now is, and what is still to be done about its texts. */
export interface Committed {
  readonly call: Versioned<CallEntry>;
  readonly deliver: () => Promise<void>;
}

const nothing = async () => {};

/**
 * Writes a turn under the ETag that the call was read with, its texts in the same transaction, so that each is made once.
 * `undefined`: the call, or the head, is no longer what was read.
 */
export async function commitTurn(
  ref: CallRef,
  turn: Turn,
  { etag, attempt }: { readonly etag: string | undefined; readonly attempt: Attempt },
  services: CallServices,
): Promise<Committed | undefined> {
  const texts = [...turn.texts, ...missedTexts(turn, services)];
  if (texts.length === 0 && !turn.ends) {
    const written = await services.store.judge(ref.conversation, { value: turn.call, etag });
    return written === undefined ? undefined : { call: { value: turn.call, etag: written }, deliver: nothing };
  }
  const read = await services.store.head(ref.conversation);
  const head = standing(read?.value);
  // Erased meanwhile: nothing of the call may come back.
  if (read === undefined || head === undefined) return undefined;
  const drafted = await draft(ref, turn, { texts, head, attempt }, services);
  for (const message of drafted.messages) await watch(ref, message.key, attempt, services);
  const call = { ...turn.call, texts: keysOf(turn.call, drafted.messages) };
  const result = await services.store.commit({
    conversation: ref.conversation,
    head: { value: drafted.head, etag: read.etag },
    create: drafted.messages,
    judge: { value: call, etag },
  });
  if (result.type !== 'committed') {
    for (const taken of drafted.taken) taken.giveBack();
    return undefined;
  }
  const deliver = () => deliverAll(ref, drafted, { before: head, etags: result.etags }, services);
  return { call: { value: call, etag: result.etags.get(ref.key) }, deliver };
}

/** Whoever rang in vain, or chose nothing, gets one text. */
function missedTexts({ call, ends }: Turn, { playbook }: CallServices): readonly string[] {
  const inVain = call.outcome === 'missed' || call.outcome === 'abandoned' || call.outcome === 'failed';
  const text = playbook.calls?.missedText;
  return ends && inVain && call.calledBy === 'subscriber' && text !== undefined ? [text] : [];
}

interface Drafted {
  readonly head: Head;
  readonly messages: readonly OutboundMessage[];
  readonly taken: readonly Taken[];
}

async function draft(
  { conversation, key }: CallRef,
  { call, ends }: Turn,
  { texts, head, attempt }: { readonly texts: readonly string[]; readonly head: Head; readonly attempt: Attempt },
  services: CallServices,
): Promise<Drafted> {
  let after = ends && head.last === call.at ? { ...head, preview: `Call: ${call.outcome}` } : head;
  const messages: OutboundMessage[] = [];
  const taken: Taken[] = [];
  for (const [number, template] of texts.entries()) {
    const text = fillIn(services.playbook, template, { service: head.service, at: attempt.now });
    const cause = { type: 'callText', call: key, command: call.command, ends, number } as const;
    const drafted = await draftText({ conversation, cause, text, author: 'bot:call' }, after, attempt, services);
    after = drafted.head;
    messages.push(drafted.message);
    if (drafted.taken !== undefined) taken.push(drafted.taken);
  }
  return { head: after, messages, taken };
}

/** No event comes again for the text alone, so a wake sees to it. */
const watch = ({ conversation }: CallRef, key: EntryKey, { now }: Attempt, { wakes, settings }: CallServices) =>
  wakes.arm({ conversation, key }, now + settings.watchdog);

const keysOf = ({ texts }: CallEntry, messages: readonly OutboundMessage[]): string | undefined =>
  [...(texts === undefined ? [] : [texts]), ...messages.map(({ key }) => key)].join(',') || undefined;

async function deliverAll(
  { conversation }: CallRef,
  { head, messages }: Drafted,
  { before, etags }: { readonly before: Head; readonly etags: ReadonlyMap<EntryKey, string> },
  services: CallServices,
): Promise<void> {
  const { service, subscriber } = head;
  await followHead(before, head, services.inbox);
  for (const message of messages.filter(({ endedAs }) => endedAs === undefined)) {
    const claimed = { value: message, etag: etags.get(message.key) };
    await deliverOrLook({ conversation, service, subscriber, message: claimed }, services);
  }
}
