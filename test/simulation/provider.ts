import { outcomeOfError, outcomeOfResult } from '../../shared/adapters/acs/sendOutcome.ts';
import type { OutgoingSms, SendOutcome, SmsSender } from '../../shared/sms/smsSender.ts';
import { childOf, type Id } from './dice.ts';
import { type Caller, freeze, goOn, kill } from './processes.ts';
import { type Stage, wayOf } from './stage.ts';
import type { PostTrouble, Trouble } from './troubles.ts';

/** The provider's word on one send, as the SDK gives it: a result, or an error that is thrown. */
type Word = { readonly result: Result } | { readonly error: object };
type Result = Parameters<typeof outcomeOfResult>[0] & object;

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
const blockedReason = 'Sender blocked for given recipient.';

interface Known {
  readonly since: number;
  readonly doneAt: number;
  readonly result: Result;
}

export interface Provider {
  /** The provider as a caller reaches it. */
  sender(caller: Caller): SmsSender;
}

/** Texts go out here. Ids are remembered from their arrival, and refused by their first-sent time: of two readings the worse. */
export function provider(stage: Stage, rules: ProviderRules): Provider {
  const known = new Map<string, Known>();
  let count = 0;

  function take(sms: OutgoingSms, id: Id, processing: number): { readonly after: number; readonly word: Word } {
    const now = stage.agenda.now();
    if (rules.honoursIds) {
      if (stage.now() - sms.firstSentAt > remembered) return quick(rejected(sms, 412, 'The window is over.'));
      const before = known.get(sms.repeatabilityId);
      if (before !== undefined && now - before.since <= remembered)
        return now < before.doneAt ? quick(rejected(sms, 409, 'In progress.')) : quick(before.result);
    }
    const result = decide(sms, id);
    known.set(sms.repeatabilityId, { since: now, doneAt: now + processing, result });
    return { after: processing, word: { result } };
  }

  function decide(sms: OutgoingSms, id: Id): Result {
    const blocked = rules.blocked();
    if (blocked && id % 2 === 0) return rejected(sms, 400, blockedReason);
    const providerId = `Outgoing_${++count}`;
    rules.taken({ sms, providerId, at: stage.agenda.now() }, id, blocked);
    return { to: sms.to, httpStatusCode: 202, successful: true, messageId: providerId };
  }

  return {
    sender: (caller) => ({
      send: (sms, deadline) => post(stage, caller, { sms, deadline, take }),
    }),
  };
}

const quick = (result: Result) => ({ after: 5, word: { result } });

const rejected = ({ to }: OutgoingSms, httpStatusCode: number, errorMessage: string): Result => ({
  to,
  httpStatusCode,
  successful: false,
  errorMessage,
});

interface Posting {
  readonly sms: OutgoingSms;
  readonly deadline: number;
  take(sms: OutgoingSms, id: Id, processing: number): { readonly after: number; readonly word: Word };
}

/** Refusals that come before the provider has looked at the ids. */
const refusals: Readonly<Partial<Record<PostTrouble, (ms: number, sms: OutgoingSms) => Word>>> = {
  unreachable: () => ({ error: { code: 'ECONNREFUSED' } }),
  throttled: (ms) => ({
    error: { statusCode: 429, response: { headers: new Headers({ 'retry-after': `${Math.ceil(ms / 1_000)}` }) } },
  }),
  unavailable: () => ({ error: { statusCode: 503 } }),
  unauthorized: () => ({ error: { statusCode: 401 } }),
  failing: () => ({ error: { statusCode: 500 } }),
  'bad-request': () => ({ error: { statusCode: 400 } }),
  'bad-recipient': (_, sms) => ({ result: rejected(sms, 400, 'Invalid To phone number format.') }),
};

/** Troubles that the provider knows nothing of: the text is taken, and this is what the client sees. */
const misunderstood: Readonly<Partial<Record<PostTrouble, object>>> = {
  lost: { code: 'ECONNRESET' },
  garbled: { statusCode: 202, code: 'PARSE_ERROR' },
};

function post(stage: Stage, caller: Caller, posting: Posting): Promise<SendOutcome> {
  if (caller.life.dead) return new Promise(() => {});
  const id = childOf(caller.id, caller.effects++);
  const roll = stage.roll(id);
  const ways = [wayOf(roll), wayOf(roll), wayOf(roll)] as const;
  const trouble = stage.trouble(id, 'post', stage.worded ? `${caller.label}: send` : '', roll);
  return new Promise((resolve) => {
    const leave = () =>
      carry(stage, caller, { ...posting, id, ways, trouble, hear: (word) => resolve(outcome(word, stage)) });
    if (trouble?.kind === 'crash-before') return kill(caller.life, stage);
    if (trouble?.kind !== 'freeze-before') return leave();
    freeze(caller.life, trouble.ms, stage);
    goOn(caller.life, { ms: 0, stage }, leave);
  });
}

interface Carried extends Posting {
  readonly id: Id;
  /** There, in the provider's house, and back; milliseconds. */
  readonly ways: readonly [number, number, number];
  readonly trouble: Trouble<'post'> | undefined;
  hear(word: Word): void;
}

/** The request is on its way; whatever becomes of the process now, the provider gets it. */
function carry(stage: Stage, caller: Caller, carried: Carried): void {
  const { sms, deadline, id, ways, trouble, take, hear } = carried;
  const { kind, ms = 0 } = trouble ?? {};
  const extra = (of: PostTrouble) => (kind === of ? ms : 0);
  const begun = stage.agenda.now();
  const out = ways[0] + extra('stall-out');
  const answer = (word: Word, after: number) => {
    const intime = stage.agenda.now() + after < begun + deadline;
    if (out < deadline)
      goOn(caller.life, { ms: intime ? after : begun + deadline - stage.agenda.now(), stage }, () =>
        hear(intime ? word : tooLate),
      );
  };
  if (out >= deadline) goOn(caller.life, { ms: deadline, stage }, () => hear(tooLate));
  stage.agenda.after(out, () => {
    const refusal = kind && refusals[kind]?.(ms, sms);
    const { after, word } = refusal ? { after: 5, word: refusal } : take(sms, id, ways[1] + extra('slow'));
    stage.tell?.(
      caller.life.worker.name,
      `${caller.label}: sends “${sms.text}” (id …${sms.repeatabilityId.slice(-4)}): ${wordFor(word)}`,
    );
    if (kind === 'crash-after') kill(caller.life, stage);
    if (kind === 'freeze-after') freeze(caller.life, ms, stage);
    const lost = kind && misunderstood[kind];
    answer(lost ? { error: lost } : word, after + ways[2] + extra('stall-back') + extra('lost'));
  });
}

const tooLate: Word = { error: { name: 'AbortError' } };

const outcome = (word: Word, stage: Stage): SendOutcome =>
  'result' in word ? outcomeOfResult(word.result) : outcomeOfError(word.error, stage.now());

const wordFor = (word: Word): string =>
  'result' in word ? `${word.result.httpStatusCode} ${word.result.errorMessage ?? ''}` : JSON.stringify(word.error);
