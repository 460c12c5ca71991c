import { outcomeOfError, outcomeOfResult } from '../../shared/adapters/acs/sendOutcome.ts';
import type { OutgoingSms, SendOutcome } from '../../shared/sms/smsSender.ts';
import { childOf, type Id } from './dice.ts';
import { type Caller, freeze, goOn, kill } from './processes.ts';
import { type Processed, type Result, refusal } from './results.ts';
import { type Stage, wayOf } from './stage.ts';
import type { PostTrouble, Trouble } from './troubles.ts';

/** What comes back, as the SDK gives it: a result, or an error that is thrown. */
type Word = { readonly result: Result } | { readonly error: object };

export interface Posting {
  readonly sms: OutgoingSms;
  /** How long the caller waits, in milliseconds. */
  readonly deadline: number;
  readonly take: (sms: OutgoingSms, id: Id, processing: number) => Processed;
}

/** Refusals that come before the provider has looked at the ids. */
const refusals: Readonly<Partial<Record<PostTrouble, (sms: OutgoingSms, ms: number) => Word>>> = {
  unreachable: () => ({ error: { code: 'ECONNREFUSED' } }),
  throttled(_, ms) {
    const headers = new Headers({ 'retry-after': `${Math.ceil(ms / 1_000)}` });
    return { error: { statusCode: 429, response: { headers } } };
  },
  unavailable: () => ({ error: { statusCode: 503 } }),
  unauthorized: () => ({ error: { statusCode: 401 } }),
  failing: () => ({ error: { statusCode: 500 } }),
  'bad-request': () => ({ error: { statusCode: 400 } }),
  'bad-recipient': (sms) => ({ result: refusal(sms, 400, 'Invalid To phone number format.') }),
};

/** Troubles that the provider knows nothing of: the text is taken, and this is what the client sees. */
const misunderstood: Readonly<Partial<Record<PostTrouble, object>>> = {
  lost: { code: 'ECONNRESET' },
  garbled: { statusCode: 202, code: 'PARSE_ERROR' },
};

const tooLate: Word = { error: { name: 'AbortError' } };

/** Sends a text for a caller, as well as the weather lets it. Once the caller's process is dead it never settles. */
export function post(stage: Stage, caller: Caller, posting: Posting): Promise<SendOutcome> {
  if (caller.life.dead) return new Promise(() => {});
  const id = childOf(caller.id, caller.effects++);
  const roll = stage.roll(id);
  const ways = [wayOf(roll), wayOf(roll), wayOf(roll)] as const;
  const trouble = stage.trouble(id, 'post', stage.worded ? `${caller.label}: send` : '', roll);
  return new Promise((resolve) => {
    const hear = (word: Word) => resolve(outcomeOf(word, stage));
    const leave = () => carry({ ...posting, stage, caller, id, ways, trouble, hear });
    if (trouble?.kind === 'crash-before') return kill(caller.life, stage);
    if (trouble?.kind !== 'freeze-before') return leave();
    freeze(caller.life, trouble.ms, stage);
    goOn(caller.life, { ms: 0, stage }, leave);
  });
}

interface Carried extends Posting {
  readonly stage: Stage;
  readonly caller: Caller;
  readonly id: Id;
  /** There, in the provider's house, and back; milliseconds. */
  readonly ways: readonly [number, number, number];
  readonly trouble: Trouble<'post'> | undefined;
  readonly hear: (word: Word) => void;
}

/** The request is on its way; whatever becomes of the process now, the provider gets it. */
function carry(carried: Carried): void {
  const { stage, caller, deadline, ways, hear } = carried;
  const silent = carried.trouble?.kind === 'silent';
  const out = silent ? Number.POSITIVE_INFINITY : ways[0] + extra(carried, 'stall-out');
  if (out >= deadline) goOn(caller.life, { ms: deadline, stage }, () => hear(tooLate));
  if (silent) return;
  stage.agenda.after(out, () => {
    const { after, word } = arrive(carried);
    const inTime = out + after < deadline;
    if (out >= deadline) return;
    goOn(caller.life, { ms: inTime ? after : deadline - out, stage }, () => hear(inTime ? word : tooLate));
  });
}

/** What the provider does, and when the client would hear of it. */
function arrive(carried: Carried): { readonly after: number; readonly word: Word } {
  const { stage, caller, sms, id, ways, trouble, take } = carried;
  const refuse = trouble && refusals[trouble.kind];
  const taken = refuse
    ? { after: 5, word: refuse(sms, trouble.ms) }
    : accepted(take(sms, id, ways[1] + extra(carried, 'slow')));
  stage.tell?.(
    caller.life.worker.name,
    `${caller.label}: sends “${sms.text}” (id …${sms.repeatabilityId.slice(-4)}): ${wordsFor(taken.word)}`,
  );
  if (trouble?.kind === 'crash-after') kill(caller.life, stage);
  if (trouble?.kind === 'freeze-after') freeze(caller.life, trouble.ms, stage);
  const error = trouble && misunderstood[trouble.kind];
  const after = taken.after + ways[2] + extra(carried, 'stall-back') + extra(carried, 'lost');
  return { after, word: error === undefined ? taken.word : { error } };
}

const accepted = ({ after, result }: Processed) => ({ after, word: { result } });

/** How much longer it takes for a trouble, in milliseconds. */
const extra = ({ trouble }: Carried, kind: PostTrouble): number => (trouble?.kind === kind ? trouble.ms : 0);

const outcomeOf = (word: Word, stage: Stage): SendOutcome =>
  'result' in word ? outcomeOfResult(word.result) : outcomeOfError(word.error, stage.now());

function wordsFor(word: Word): string {
  if ('result' in word) return `${word.result.httpStatusCode} ${word.result.errorMessage ?? ''}`.trim();
  const { statusCode, code } = word.error as { readonly statusCode?: number; readonly code?: string };
  return `${statusCode ?? code}`;
}
