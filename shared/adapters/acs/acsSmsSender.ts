import type { SmsClient } from '@azure/communication-sms';
import { lazily } from '../../core/lazily.ts';
import type { Clock } from '../../core/time.ts';
import type { OutgoingSms, SmsSender } from '../../sms/smsSender.ts';
import { repeatabilityHeader, repeatable } from './repeatable.ts';
import { outcomeOfError, outcomeOfResult } from './sendOutcome.ts';

/** Sends through ACS. The SDK is evaluated at the first send, and its own retries are off: it would sleep a Retry-After inside the handler. */
export function acsSmsSender(connectionString: string, clock: Clock): SmsSender {
  const client = lazily(() => connect(connectionString));
  return {
    async send(sms, deadline) {
      try {
        const [result] = (await (await client()).send(requestOf(sms), optionsOf(sms, deadline))) ?? [];
        return outcomeOfResult(result);
      } catch (error) {
        return outcomeOfError(error, clock.now());
      }
    },
  };
}

async function connect(connectionString: string): Promise<SmsClient> {
  const { SmsClient } = await import('@azure/communication-sms');
  return new SmsClient(connectionString, {
    retryOptions: { maxRetries: 0 },
    additionalPolicies: [{ policy: repeatable, position: 'perCall' }],
    // The configuration lets http in only on this machine itself.
    allowInsecureConnection: /endpoint=http:/i.test(connectionString),
  });
}

const requestOf = ({ from, to, text }: OutgoingSms) => ({ from, to: [to], message: text });

const optionsOf = ({ tag, repeatabilityId, firstSentAt }: OutgoingSms, deadline: number) => ({
  enableDeliveryReport: true,
  tag,
  abortSignal: AbortSignal.timeout(deadline),
  requestOptions: {
    customHeaders: { [repeatabilityHeader]: `${repeatabilityId}|${new Date(firstSentAt).toUTCString()}` },
  },
});
