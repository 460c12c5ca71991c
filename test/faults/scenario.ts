import { statusOf } from '../../shared/conversations/status.ts';
import type { Outcome } from '../simulation/outcome.ts';
import type { Stage } from './stage.ts';

/** A piece of the app's work, the first worker of which is disturbed. */
export interface Scenario {
  readonly name: string;
  /** What happened before, undisturbed. */
  readonly before?: (stage: Stage) => Promise<unknown>;
  /** The first worker that is called from here on is the one to be disturbed. */
  readonly act: (stage: Stage) => Promise<unknown>;
  /** How the messages may stand in the end, oldest first: text, status, and how often it left. */
  readonly ends: readonly string[];
  /** What else does not hold, in words. */
  readonly wrong?: (outcome: Outcome, stage: Stage) => Promise<readonly string[]> | readonly string[];
  /** In an account in which nothing has been made yet. */
  readonly fresh?: true;
}

export const endsOf = ({ outbound, departed }: Outcome): string =>
  outbound
    .toReversed()
    .map((message) => {
      const times = departed.filter(({ key }) => key === message.key).length;
      return `${message.text} ${statusOf(message)} ${times}`;
    })
    .join(', ');
