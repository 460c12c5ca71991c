import { repeatKeyOf } from '../acs/repeatability.ts';
import { type Fact, pairOf } from './facts.ts';

export interface Retention {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How long a repeatability id is remembered, in milliseconds. */
  readonly window: number;
  /** How many of each kind stay of what nothing else needs; 1,000 unless given. */
  readonly kept?: number;
}

/**
 * The facts that a world which starts again still needs, in their order: texts that are not settled, blocks that stand and
 * ids that are not forgotten; of settled texts, requests and notices the last. What it reads off them is what it would read
 * off all, but for what is older.
 */
export function compact(facts: readonly Fact[], { now, window, kept = 1_000 }: Retention): readonly Fact[] {
  const [settled, carried] = [of(facts, 'settled'), of(facts, 'carried')];
  const texts = lastingTexts(of(facts, 'accepted'), { settled, kept });
  const answers = of(facts, 'answered').filter(({ answered }) => now - answered.firstSent <= window);
  const messageIds = new Set(texts.map(({ text }) => text.messageId));
  const keys = new Set([...texts.flatMap(keyOf), ...answers.map(({ answered }) => answered.key)]);
  const needed = new Set<Fact>([
    ...texts,
    ...settled.filter(({ messageId }) => messageIds.has(messageId)),
    ...answers,
    ...carried.filter(({ key }) => keys.has(key)),
    ...carried.slice(-kept),
    ...of(facts, 'told').slice(-kept),
    ...standingBlocks(facts),
    // Of what subscribers sent, only the time of the latest is asked for.
    ...of(facts, 'received').slice(-1),
  ]);
  return facts.filter((fact) => needed.has(fact));
}

type FactOf<T extends Fact['type']> = Extract<Fact, { readonly type: T }>;

const of = <T extends Fact['type']>(facts: readonly Fact[], type: T): readonly FactOf<T>[] =>
  facts.filter((fact): fact is FactOf<T> => fact.type === type);

function lastingTexts(
  texts: readonly FactOf<'accepted'>[],
  { settled, kept }: { readonly settled: readonly FactOf<'settled'>[]; readonly kept: number },
): readonly FactOf<'accepted'>[] {
  const ended = new Set(settled.map(({ messageId }) => messageId));
  const isEnded = ({ text }: FactOf<'accepted'>) => ended.has(text.messageId);
  return [...texts.filter((fact) => !isEnded(fact)), ...texts.filter(isEnded).slice(-kept)];
}

/** Texts without an id all share one key, whose count nobody is shown. */
const keyOf = ({ text: { to, repeatabilityId } }: FactOf<'accepted'>): readonly string[] =>
  repeatabilityId === undefined ? [] : [repeatKeyOf({ to, repeatabilityRequestId: repeatabilityId })];

function standingBlocks(facts: readonly Fact[]): readonly Fact[] {
  const last = new Map<string, Fact>();
  for (const fact of facts) if (fact.type === 'blocked' || fact.type === 'lifted') last.set(pairOf(fact), fact);
  return [...last.values()].filter(({ type }) => type === 'blocked');
}
