import type { OutgoingSms, SmsSender } from '../../shared/sms/smsSender.ts';
import type { Id } from './dice.ts';
import { post } from './post.ts';
import type { Caller } from './processes.ts';
import { type Processed, type Result, refusal } from './results.ts';
import type { Stage } from './stage.ts';

/** A text that was taken to be sent, as the carrier has it. */
export interface Left {
  readonly sms: OutgoingSms;
  readonly providerId: string;
  /** Milliseconds since the run began. */
  readonly at: number;
}

export interface ProviderRules {
  /** A second send with an id is the first, for five minutes. */
  readonly honoursIds: boolean;
  /** The carrier lets nothing through to this subscriber just now. */
  blocked(): boolean;
  /** Called once for each text taken; `blocked`: only its report will tell. */
  taken(left: Left, id: Id, blocked: boolean): void;
}

/** https://learn.microsoft.com/rest/api/communication/repeatable-requests */
const remembered = 300_000;
/** As the SMS FAQ has it (https://learn.microsoft.com/azure/communication-services/concepts/sms/sms-faq). */
export const blockedReason = 'Sender blocked for given recipient.';

interface Known {
  readonly since: number;
  readonly doneAt: number;
  readonly result: Result;
}

/** The provider as a caller reaches it. */
export type Provider = (caller: Caller) => SmsSender;

/** Texts go out here. Ids are remembered from their arrival, and refused by their first-sent time: of two readings the worse. */
export function provider(stage: Stage, rules: ProviderRules): Provider {
  const known = new Map<string, Known>();
  let count = 0;

  function repeated(sms: OutgoingSms): Processed | undefined {
    if (!rules.honoursIds) return undefined;
    if (stage.now() - sms.firstSentAt > remembered) return quick(refusal(sms, 412, 'The window is over.'));
    const before = known.get(sms.repeatabilityId);
    const now = stage.agenda.now();
    if (before === undefined || now - before.since > remembered) return undefined;
    return quick(now < before.doneAt ? refusal(sms, 409, 'In progress.') : before.result);
  }

  function decide(sms: OutgoingSms, id: Id): Result {
    const blocked = rules.blocked();
    // Either at once or in its report: nobody documents which.
    if (blocked && id % 2 === 0) return refusal(sms, 400, blockedReason);
    const providerId = `Outgoing_${++count}`;
    rules.taken({ sms, providerId, at: stage.agenda.now() }, id, blocked);
    return { to: sms.to, httpStatusCode: 202, successful: true, messageId: providerId };
  }

  function take(sms: OutgoingSms, id: Id, processing: number): Processed {
    const before = repeated(sms);
    if (before !== undefined) return before;
    const result = decide(sms, id);
    const since = stage.agenda.now();
    known.set(sms.repeatabilityId, { since, doneAt: since + processing, result });
    return { after: processing, result };
  }

  return (caller) => ({ send: (sms, deadline) => post(stage, caller, { sms, deadline, take }) });
}

const quick = (result: Result): Processed => ({ after: 5, result });
