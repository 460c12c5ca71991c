import type { Config } from '../config.ts';
import { AppError } from '../core/errors.ts';
import { isE164, type PhoneNumber } from '../core/phoneNumbers.ts';
import type { Span } from '../playbook/openingHours.ts';
import { faultInHours, hoursForm, spansIn } from '../playbook/spans.ts';
import { kindOf, type NumberKind, numberKinds } from '../sms/numberKinds.ts';
import type { SmsSettings } from '../sms/smsServices.ts';

/** The configuration in the words of the SMS use cases. */
export const smsSettings = (config: Config): SmsSettings => ({
  conversationKey: config.CONVERSATION_KEY,
  serviceNumbers: new Map(config.SERVICE_NUMBERS.map(({ number, kind }) => [number, kindNamed(number, kind)])),
  ambiguousSends: config.AMBIGUOUS_SENDS,
  foldPunctuation: config.FOLD_PUNCTUATION,
  replyBudget: { replies: config.REPLY_BUDGET, within: config.REPLY_BUDGET_SECONDS },
  allowedCountries: allowedCountries(config),
  subscriberCap: { segments: config.SEGMENTS_PER_SUBSCRIBER, within: config.SEGMENTS_PER_SUBSCRIBER_SECONDS },
  sendingHours: sendingHours(config.SENDING_HOURS),
  answerWithin: config.ANSWER_WITHIN_SECONDS,
  agentHold: config.AGENT_HOLD_SECONDS,
  retention: config.RETENTION_DAYS,
  lease: config.SEND_LEASE_SECONDS,
  sendDeadline: config.SEND_DEADLINE_SECONDS,
  sendMargin: config.SEND_MARGIN_SECONDS,
  epochWindow: config.EPOCH_WINDOW_SECONDS,
  firstSentMargin: config.FIRST_SENT_MARGIN_SECONDS,
  clockTolerance: config.CLOCK_TOLERANCE_SECONDS,
  replyMaxAge: config.REPLY_MAX_AGE_SECONDS,
  messageMaxAge: config.MESSAGE_MAX_AGE_SECONDS,
  confirmationMaxAge: config.CONFIRMATION_MAX_AGE_SECONDS,
  watchdog: config.WATCHDOG_SECONDS,
  commitWithin: config.COMMIT_WITHIN_SECONDS,
  lookAgain: config.LOOK_AGAIN_SECONDS,
  requestKept: config.REQUEST_KEPT_SECONDS,
});

function kindNamed(number: PhoneNumber, kind: string | undefined): NumberKind {
  const known = kind === undefined ? kindOf(number) : numberKinds.find((name) => name === kind);
  if (known !== undefined) return known;
  const told = `SERVICE_NUMBERS has an unknown kind "${kind}"; known are ${numberKinds.join(', ')}.`;
  throw new AppError('invalid-configuration', told);
}

/** Only a number in full tells a country, so `own` does not do for a short code or a name. */
function allowedCountries({ ALLOWED_COUNTRIES: allowed, SERVICE_NUMBERS: numbers }: Config) {
  const untold = numbers.find(({ number }) => !isE164(number));
  if (allowed !== 'own' || untold === undefined) return allowed;
  const told = `ALLOWED_COUNTRIES must list countries: the service number ${untold.number} does not tell its own.`;
  throw new AppError('invalid-configuration', told);
}

function sendingHours(text: string): readonly Span[] {
  const fault = hoursForm.test(text) ? faultInHours(text) : 'must be hours such as 09:00-20:00, or closed';
  if (fault === undefined) return spansIn(text);
  throw new AppError('invalid-configuration', `SENDING_HOURS ${fault}.`);
}
