import { parseTag } from '../../shared/conversations/keys.ts';
import type { DeliveryReport } from '../../shared/sms/recordDelivery.ts';
import { childOf, type Id } from './dice.ts';
import { blockedReason, type Left } from './provider.ts';
import type { Stage } from './stage.ts';

/** A report to be published, and in how many milliseconds. */
export interface Due {
  readonly report: DeliveryReport;
  readonly id: Id;
  readonly after: number;
}

interface Reported {
  readonly left: Left;
  readonly id: Id;
  readonly blocked: boolean;
}

/** A carrier is done with most texts within this many milliseconds. */
const usual = 6_000;

/** What the carrier says of a text that left, and when, and whether at all. */
export function reportsOn(stage: Stage, { left, id, blocked }: Reported): readonly Due[] {
  const roll = stage.roll(id);
  const soon = 20 + Math.floor(roll() * usual);
  const trouble = stage.trouble(id, 'report', stage.worded ? `report on “${left.sms.text}”` : '', roll);
  const say = (n: number, after: number, reason: string): Due[] => {
    const target = parseTag(left.sms.tag);
    if (target === undefined) return [];
    const { providerId } = left;
    const said = { delivered: reason === fine, reason, at: stage.now() + after, optedOut: blocked };
    return [{ report: { ...target, providerId, ...said }, id: childOf(id, n), after }];
  };
  if (trouble?.kind === 'missing') return [];
  if (blocked) return say(1, soon, blockedReason);
  const ms = trouble?.ms ?? 0;
  switch (trouble?.kind) {
    case 'failed':
      return say(1, soon, unreachable);
    case 'failed-first':
      return [...say(1, soon, unreachable), ...say(2, soon + ms, fine)];
    case 'twice':
      return [...say(1, soon, fine), ...say(2, soon + ms, fine)];
    default:
      return say(1, soon + ms, fine);
  }
}

const fine = 'No error.';
const unreachable = 'Unreachable.';
