import type { Head } from '../conversations/head.ts';

/** So many automatic replies within so many milliseconds: two bots do not talk for ever. */
export interface ReplyBudget {
  readonly replies: number;
  readonly within: number;
}

type Replied = Pick<Head, 'replies'>;

export const budgetLeft = (head: Replied | undefined, now: number, budget: ReplyBudget): boolean =>
  recent(head, now, budget).length < budget.replies;

/** The replies that still count, with the one that is decided now. */
export const repliesWith = (head: Replied | undefined, now: number, budget: ReplyBudget): readonly number[] => [
  ...recent(head, now, budget),
  now,
];

const recent = (head: Replied | undefined, now: number, { within }: ReplyBudget): readonly number[] =>
  (head?.replies ?? []).filter((at) => at > now - within);
