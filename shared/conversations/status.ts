import type { OutboundMessage } from './entry.ts';

export const statuses = ['queued', 'sending', 'unknown', 'failed', 'accepted', 'delivered'] as const;
export type Status = (typeof statuses)[number];

type StatusColumns = Pick<
  OutboundMessage,
  'acceptedAt' | 'deliveredAt' | 'undeliveredAt' | 'endedAs' | 'claimToken' | 'nextTryAt'
>;

/**
 * What the columns say, whichever came first: what the carrier reported beats what the provider accepted, which beats
 * what we judged; delivered beats all.
 */
export function statusOf(message: StatusColumns): Status {
  if (message.deliveredAt !== undefined) return 'delivered';
  if (message.undeliveredAt !== undefined) return 'failed';
  if (message.acceptedAt !== undefined) return 'accepted';
  if (message.endedAs !== undefined) return message.endedAs;
  return message.claimToken === undefined ? 'queued' : 'sending';
}

/** Nothing is left for us to do; a report may still move it on. */
export const isFinished = (message: StatusColumns): boolean => !['queued', 'sending'].includes(statusOf(message));
