import type { CallEntry, TextEntry } from '../api/client.ts';
import { adviceOn } from './advice.ts';
import { clockOf } from './times.ts';

export type Status = NonNullable<TextEntry['status']>;

const statuses: Readonly<Record<Status, string>> = {
  queued: 'waits to be sent again',
  sending: 'being sent',
  accepted: 'sent',
  delivered: 'delivered ✓',
  unknown: 'may not have arrived',
  failed: 'did not arrive',
};

/** How a text stands, in a few words. */
export const statusWords = ({ status, nextTryAt }: Pick<TextEntry, 'status' | 'nextTryAt'>): string => {
  if (status === undefined) return '';
  return nextTryAt === undefined ? statuses[status] : `${statuses[status]} at ${clockOf(nextTryAt)}`;
};

/** Why a text did not arrive, or may not have, and what to do; `undefined` for all others. */
export function troubleOf({ status, reason, reasonCode }: Pick<TextEntry, 'status' | 'reason' | 'reasonCode'>) {
  if (status !== 'failed' && status !== 'unknown') return undefined;
  const code = status === 'unknown' ? 'unclear' : reasonCode;
  return { why: reason ?? 'Nobody could tell why.', what: adviceOn(code) ?? '' };
}

/** Whether sending it anew can help. */
export const canResend = ({ direction, status }: TextEntry): boolean =>
  direction === 'outbound' && (status === 'unknown' || status === 'failed');

const outcomes: Readonly<Record<string, string>> = {
  answered: 'answered',
  missed: 'missed',
  rejected: 'rejected',
  redirected: 'passed on without being answered',
  abandoned: 'hung up before choosing anything',
  transferred: 'passed on to a person',
  voicemail: 'left a message',
  failed: 'failed',
};

const rejections: Readonly<Record<string, string>> = {
  busy: 'as many calls were going on as the playbook allows',
  forbidden: 'the playbook blocks the number',
};

/** How a call ended, in words; a word that is new to us as it is. */
export const outcomeWords = (outcome: string | undefined): string =>
  outcome === undefined ? 'under way' : (outcomes[outcome] ?? outcome);

export const callTitle = ({ direction, outcome }: Pick<CallEntry, 'direction' | 'outcome'>): string =>
  `${direction === 'inbound' ? 'Call' : 'Call by the bot'}: ${outcomeWords(outcome)}`;

/** Of these only the line's end is told, which says nothing. */
const speakForThemselves: readonly unknown[] = ['answered', 'voicemail', 'abandoned', 'transferred'];

/** Why a call ended as it did, as far as there is something to say. */
export function callReason({ outcome, reason }: Pick<CallEntry, 'outcome' | 'reason'>): string | undefined {
  if (speakForThemselves.includes(outcome)) return undefined;
  if (outcome === 'redirected' && reason !== undefined) return `It went on to ${reason}.`;
  return outcome === 'rejected' ? `Because ${rejections[reason ?? ''] ?? reason}.` : reason;
}

/** Minutes and seconds: 65 is 1:05. */
export const lengthOf = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** A step's name in the playbook as words: `orderReady` is "order ready". */
export const stepWords = (step: string): string =>
  step
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[-_]/g, ' ')
    .toLowerCase();

/** What a caller did at a step: keys are pressed, anything else is said. */
export const heardWords = (heard: string): string => (/^[\d*#]+$/.test(heard) ? `pressed ${heard}` : `said “${heard}”`);
