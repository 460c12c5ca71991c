import type { CallEntry, TextEntry } from '../api/client.ts';

type Status = NonNullable<TextEntry['status']>;

const statuses: Readonly<Record<Status, (reason: string | undefined) => string>> = {
  queued: () => 'waits to be sent again',
  sending: () => 'being sent',
  accepted: () => 'sent',
  delivered: () => 'delivered ✓',
  unknown: (reason = 'nobody could tell.') => `may not have arrived: ${reason} Send it anew only if they lack it.`,
  failed: (reason = 'the reason is not known') => `not sent: ${reason}`,
};

/** How a text stands, in words, and what may be done about it. */
export const statusWords = ({ status, reason }: Pick<TextEntry, 'status' | 'reason'>): string =>
  status === undefined ? '' : statuses[status](reason);

/** Whether sending it anew can help. */
export const canResend = ({ direction, status }: TextEntry): boolean =>
  direction === 'outbound' && (status === 'unknown' || status === 'failed');

const outcomes: Readonly<Record<string, string>> = {
  answered: 'answered',
  missed: 'missed',
  rejected: 'rejected',
  redirected: 'passed on without being answered',
  abandoned: 'hung up before choosing anything',
  transferred: 'passed on',
  voicemail: 'left a message',
  failed: 'failed',
};

const length = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

export function callWords({ direction, outcome, seconds, reason }: CallEntry): string {
  const who = direction === 'inbound' ? 'Call' : 'Call by the bot';
  const how = outcome === undefined ? 'under way' : (outcomes[outcome] ?? outcome);
  return [`${who}: ${how}`, seconds === undefined ? '' : length(seconds), outcome === 'failed' ? reason : '']
    .filter(Boolean)
    .join(' · ');
}

/** The day of an instant as its reader's calendar has it. */
export const dayOf = (iso: string): string =>
  new Date(iso).toLocaleDateString([], { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** Control characters as what they are called by, so that none of them acts. */
export const shown = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, (found) =>
    String.fromCodePoint(0x2400 + ((found.codePointAt(0) ?? 0) % 0x7f)),
  );
