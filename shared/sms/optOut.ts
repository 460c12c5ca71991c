import type { ConsentChange } from '../conversations/consent.ts';
import type { OutboundMessage } from '../conversations/entry.ts';
import { ticksOf } from '../core/time.ts';
import type { SmsSettings } from './smsServices.ts';

/**
 * The opt-out that a blocked send teaches. It counts from the send's own time, less what clocks may differ, so that a
 * START the subscriber sent since then keeps its effect.
 */
export const optOutOf = (message: OutboundMessage, settings: SmsSettings): ConsentChange => ({
  consent: 'revoked',
  at: ticksOf(message.firstSentAt + settings.firstSentMargin - settings.clockTolerance),
  by: 'carrier',
  reason: 'A text was blocked because the subscriber has opted out.',
  source: message.key,
});
