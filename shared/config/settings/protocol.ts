import { seconds } from '../forms.ts';
import { setting } from '../setting.ts';

/** Times that sends are made safe with (docs/protocol.md). */
export const protocol = {
  SEND_LEASE_SECONDS: setting(seconds, { help: 'How long one process may hold a message to send it.', fallback: '35' }),
  SEND_DEADLINE_SECONDS: setting(seconds, {
    help: 'How long to wait for the provider’s answer to a send.',
    fallback: '8',
  }),
  SEND_MARGIN_SECONDS: setting(seconds, {
    help: 'A send is not begun with less than this left of its lease; more than SEND_DEADLINE_SECONDS plus what clocks differ.',
    fallback: '15',
  }),
  EPOCH_WINDOW_SECONDS: setting(seconds, {
    help: 'How long after its first try an unclear send may be repeated with the same id; less than the provider remembers ids (five minutes).',
    fallback: '270',
  }),
  FIRST_SENT_MARGIN_SECONDS: setting(seconds, {
    help: 'How much earlier than our clock a first try is said to be, so that our window ends before the provider’s.',
    fallback: '10',
  }),
  CLOCK_TOLERANCE_SECONDS: setting(seconds, {
    help: 'How far the clocks of two processes may differ.',
    fallback: '15',
  }),
  WATCHDOG_SECONDS: setting(seconds, {
    help: 'When to look whether an agent’s message got on its way.',
    fallback: '60',
  }),
  COMMIT_WITHIN_SECONDS: setting(seconds, {
    help: 'An agent’s message that cannot be stored within this is refused; less than WATCHDOG_SECONDS.',
    fallback: '30',
  }),
  LOOK_AGAIN_SECONDS: setting(seconds, { help: 'When a wake that found nothing looks once more.', fallback: '600' }),
  REQUEST_KEPT_SECONDS: setting(seconds, {
    help: 'How long an Idempotency-Key is remembered at least.',
    fallback: '86400',
  }),
} as const;
