import type { SmsClient, SmsClientOptions } from '@azure/communication-sms';
import { lazily } from '../../core/lazily.ts';
import type { Clock } from '../../core/time.ts';
import type { OutgoingSms, SmsSender } from '../../sms/smsSender.ts';
import { type AcsConnection, speaksPlainHttp } from './connection.ts';
import { repeatabilityHeader, repeatable } from './repeatable.ts';
import { outcomeOfError, outcomeOfResult } from './sendOutcome.ts';

/** Sends through ACS. The SDK is evaluated at the first send, and its own retries are off: it would sleep a Retry-After inside the handler. */
export function acsSmsSender(connection: AcsConnection, clock: Clock): SmsSender {
  const client = lazily(() => connect(connection));
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

async function connect(connection: AcsConnection): Promise<SmsClient> {
  const { SmsClient } = await import('@azure/communication-sms');
  const options: SmsClientOptions = {
    retryOptions: { maxRetries: 0 },
    additionalPolicies: [{ policy: repeatable, position: 'perCall' }],
    allowInsecureConnection: speaksPlainHttp(connection),
  };
  return 'connectionString' in connection
    ? new SmsClient(connection.connectionString, options)
    : new SmsClient(connection.endpoint, connection.credential, options);
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
