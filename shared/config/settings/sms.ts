import * as z from 'zod/mini';
import { count, days, seconds, segments, text, yesOrNo } from '../forms.ts';
import { countries } from '../listForms.ts';
import { setting } from '../setting.ts';

/** What may be sent, to whom, when, and for how much. */
export const sms = {
  FOLD_PUNCTUATION: setting(yesOrNo, {
    help: 'Replace smart punctuation that alone would force the dearer UCS-2 encoding on a text.',
    fallback: 'true',
  }),
  AMBIGUOUS_SENDS: setting(z.enum(['never', 'window', 'always'], 'must be never, window or always'), {
    help: 'A send that may have left: `window` tries again while the provider remembers its id, `never` leaves it unknown at once (for a provider that does not honour ids), `always` tries again even later, at the risk of two texts.',
    fallback: 'window',
  }),
  REPLY_BUDGET: setting(count, {
    help: 'Automatic replies a conversation may have within REPLY_BUDGET_SECONDS.',
    fallback: '10',
  }),
  REPLY_BUDGET_SECONDS: setting(seconds, { help: 'The span of time that REPLY_BUDGET counts in.', fallback: '600' }),
  ALLOWED_COUNTRIES: setting(countries, {
    help: 'Countries that may be texted, as two letters each, separated by commas: `US,CA`. `own`: only the country of the service number that sends. `docs/limits.md` tells of this and of the next six.',
    fallback: 'own',
  }),
  SEGMENTS_PER_SUBSCRIBER: setting(count, {
    help: 'Segments that one service number may send to one subscriber within SEGMENTS_PER_SUBSCRIBER_SECONDS.',
    fallback: '100',
  }),
  SEGMENTS_PER_SUBSCRIBER_SECONDS: setting(seconds, {
    help: 'The span of time that SEGMENTS_PER_SUBSCRIBER counts in.',
    fallback: '86400',
  }),
  SEGMENTS_PER_DAY: setting(segments, {
    help: 'Segments that the whole app may send in a day (UTC): what a bad day may cost.',
    fallback: '5000',
  }),
  SEGMENT_TRANCHE: setting(count, {
    help: 'How many of the day’s segments one process takes from the shared counter at a time; less than SEGMENTS_PER_DAY.',
    fallback: '50',
  }),
  SENDING_HOURS: setting(text, {
    help: 'When agents may text a subscriber who has not written lately, each day: `09:00-20:00`, or several spans separated by commas (47 CFR 64.1200(c)(1): not before 8 and not after 21).',
    fallback: '08:00-21:00',
    local: '00:00-24:00',
  }),
  ANSWER_WITHIN_SECONDS: setting(seconds, {
    help: 'A subscriber who wrote no longer ago than this is answered at any hour.',
    fallback: '86400',
  }),
  AGENT_HOLD_SECONDS: setting(seconds, {
    help: 'How long the bot keeps quiet after an agent took over or wrote.',
    fallback: '3600',
  }),
  REPLY_MAX_AGE_SECONDS: setting(seconds, {
    help: 'An automatic reply older than this is not sent any more.',
    fallback: '1800',
  }),
  MESSAGE_MAX_AGE_SECONDS: setting(seconds, {
    help: 'An agent’s message older than this is not sent any more.',
    fallback: '86400',
  }),
  CONFIRMATION_MAX_AGE_SECONDS: setting(seconds, {
    help: 'A STOP confirmation older than this is not sent any more (47 CFR 64.1200(a)(12): within five minutes).',
    fallback: '300',
  }),
  RETENTION_DAYS: setting(days, {
    help: 'Conversations that have been quiet for longer are erased, all but their consent; 0 keeps them for ever.',
    fallback: '0',
  }),
} as const;
