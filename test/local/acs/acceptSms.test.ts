import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acceptSms } from '../../../local/acs/acceptSms.ts';
import { deliveriesOf } from '../../../local/acs/deliveries.ts';
import type { Exchange } from '../../../local/acs/exchange.ts';
import { exampleNumbers, serviceNumbers } from '../../../local/acs/numbers.ts';
import { rateLimiter } from '../../../local/acs/rateLimiter.ts';
import { openLedger } from '../../../local/carrier/ledger.ts';
import { changeDials, defaultDials } from '../../../local/dials.ts';
import { virtualTimers } from '../eventGrid/virtualTimers.ts';
import { anEventGrid, local, subscriber } from './anAcs.ts';

const id = '793402d5-4941-41ca-bea9-aea0ee32c183';

/** Sending without a server, so that a thousand stories take no time. */
function anExchange() {
  const timers = virtualTimers();
  const eventGrid = anEventGrid();
  const ledger = openLedger({ now: 0, window: 0 });
  const state = { dials: defaultDials };
  const exchange: Exchange = {
    numbers: serviceNumbers(exampleNumbers),
    ledger,
    deliveries: deliveriesOf({
      ledger,
      timers,
      events: eventGrid,
      terms: () => state.dials.switches,
      onError: (error) => {
        throw error;
      },
    }),
    limiter: rateLimiter(timers.now),
    timers,
    dials: () => state.dials,
    random: () => () => 0,
    inProgress: new Set(),
  };
  return { exchange, timers, eventGrid, state };
}

const anAttempt = fc.record({
  mishap: fc.constantFrom('status429', 'status5xx', 'timeout', 'lostAnswer', 'none'),
  /** Together they stay inside the window of 5 minutes. */
  after: fc.nat(30_000),
});

test('within its window, one id never makes two texts or two reports, whatever goes wrong', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anAttempt, { minLength: 1, maxLength: 9 }), async (attempts) => {
      const { exchange, timers, eventGrid, state } = anExchange();
      const repeatabilityFirstSent = new Date(timers.now()).toUTCString();
      const request = {
        from: local,
        smsRecipients: [{ to: subscriber, repeatabilityRequestId: id, repeatabilityFirstSent }],
        message: 'hello',
        smsSendOptions: { enableDeliveryReport: true },
      };
      const answers = attempts.map(({ mishap, after }) => {
        timers.advance(after);
        state.dials = changeDials(defaultDials, mishap === 'none' ? {} : { sms: { [mishap]: 1 } });
        const answer = acceptSms(exchange, request);
        if (answer.type === 'held') timers.setTimeout(answer.release, answer.for);
        return answer;
      });
      timers.advance(0);
      await exchange.deliveries.settled();
      const texts = exchange.ledger.accepted();
      expect(texts.length).toBeLessThanOrEqual(1);
      expect(eventGrid.reports()).toHaveLength(texts.length);
      const said = answers.flatMap((answer) =>
        answer.type === 'answer' && answer.status === 202 ? [answer.body] : [],
      );
      for (const body of said) {
        const [result] = (body as { value: readonly { httpStatusCode: number; messageId?: string }[] }).value;
        expect([202, 409]).toContain(result?.httpStatusCode);
        if (result?.httpStatusCode === 202) expect(result.messageId).toBe(texts[0]?.messageId);
      }
    }),
    { numRuns: 300 },
  );
});
