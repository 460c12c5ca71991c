import type { CallEntry } from '../conversations/callEntry.ts';
import { beginning } from './callFlow.ts';
import { written } from './pending.ts';

/** The step it begins with, and who claims it from `now`, milliseconds since 1970, for `lease` milliseconds. */
interface Beginning {
  readonly step: string;
  readonly token: string;
  readonly now: number;
  readonly lease: number;
}

type Known = Pick<CallEntry, 'key' | 'at' | 'calledBy'> & Partial<Pick<CallEntry, 'correlationId' | 'serverCallId'>>;

/** The entry of a call that begins, claimed by whoever is about to answer it, or to make it: its first command. */
export const newCall = (known: Known, { step, token, now, lease }: Beginning): CallEntry => ({
  direction: 'call',
  ...known,
  createdAt: now,
  ...written({ state: beginning(step), pending: undefined }),
  command: 1,
  firstSentAt: now,
  claimToken: token,
  claimUntil: now + lease,
  steps: '[]',
});
