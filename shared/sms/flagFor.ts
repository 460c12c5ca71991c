import type { OutboundMessage } from '../conversations/entry.ts';
import { type Flag, withFlag, withoutEntries } from '../conversations/flags.ts';
import type { Head } from '../conversations/head.ts';
import { statusOf } from '../conversations/status.ts';

/** What an automatic message and an agent's ask for when they ended with a code. */
interface Asks {
  readonly automatic: Flag | undefined;
  readonly agents: Flag | undefined;
}

const nobody: Asks = { automatic: undefined, agents: undefined };

/** Whatever is not named here: the subscriber did not get what was meant for them, and nobody meant that. */
const usual: Asks = { automatic: 'failed', agents: 'failed' };

/** Endings that ask for somebody else than usual, by their code. */
const byCode: Readonly<Record<string, Asks>> = {
  // Nobody is left to be looked after.
  erased: nobody,
  // STOP did what it is for. But whoever wrote a message by hand believes that it arrived, and may have to call.
  'opted-out': { automatic: undefined, agents: 'failed' },
  // The confirmation of a STOP that no longer holds.
  'opted-in-again': nobody,
  // An agent is there.
  'taken-over': nobody,
  // The subscriber waits for an answer that nothing will bring; an agent's message simply failed.
  expired: { automatic: 'too-old', agents: 'failed' },
  // Refused by what the owner has set once for all: one who pumps texts from there must not fill the inbox with flags.
  'not-textable': nobody,
  'number-type-not-allowed': nobody,
  'country-not-allowed': nobody,
};

/**
 * The flag that a message asks for as it stands; none unless it is `unknown` or `failed`, and none once somebody has sent it
 * anew. One that may have left asks for it whatever it ended for. `optedOut`: the provider or the carrier blocked it because the subscriber has opted out.
 */
export function flagFor(message: OutboundMessage, optedOut = false): Flag | undefined {
  if (message.resends) return undefined;
  const status = statusOf(message);
  if (status === 'unknown') return message.endCode === 'erased' ? undefined : 'unknown';
  if (status !== 'failed') return undefined;
  const code = optedOut ? 'opted-out' : message.undeliveredAt === undefined ? message.endCode : undefined;
  const asks = byCode[code ?? ''] ?? usual;
  return message.purpose === 'agent' ? asks.agents : asks.automatic;
}

/** The head with what a message asks for, and nothing else of that message; the same head if it says nothing of it either way. */
export function flaggedFor<T extends Pick<Head, 'flags'>>(head: T, message: OutboundMessage, optedOut = false): T {
  const flag = flagFor(message, optedOut);
  const rest = withoutEntries(head.flags, [message.key]);
  const flags = flag === undefined ? rest : withFlag(rest, flag, message.key);
  return flags === head.flags ? head : { ...head, flags };
}
