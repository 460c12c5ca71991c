import { statusOf } from '../../shared/conversations/status.ts';
import type { Outcome } from '../simulation/outcome.ts';
import { callsOf } from './seen.ts';
import type { Stage } from './stage.ts';

/** A piece of the app's work, the first worker of which is disturbed. */
export interface Scenario {
  readonly name: string;
  /** What happened before, undisturbed. */
  readonly before?: (stage: Stage) => Promise<unknown>;
  /** The first worker that is called from here on is the one to be disturbed. */
  readonly act: (stage: Stage) => Promise<unknown>;
  /** How the label of the worker's call begins that is disturbed instead. */
  readonly of?: string;
  /** Undisturbed too, a command may be given a second time. */
  readonly repeats?: true;
  /** How the messages may stand in the end, oldest first: text, status, and how often it left; then what calls came to. */
  readonly ends: readonly string[];
  /** What else does not hold, in words. */
  readonly wrong?: (outcome: Outcome, stage: Stage) => Promise<readonly string[]> | readonly string[];
  /** In an account in which nothing has been made yet. */
  readonly fresh?: true;
}

export function endsOf({ outbound, departed, rows }: Outcome): string {
  const messages = outbound.toReversed().map((message) => {
    const times = departed.filter(({ key }) => key === message.key).length;
    return `${message.text} ${statusOf(message)} ${times}`;
  });
  return [...messages, ...callsOf(rows).map(({ outcome }) => `${outcome}`)].join(', ');
}
