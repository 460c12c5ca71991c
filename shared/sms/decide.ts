import { type Consent, type ConsentTimes, consentOf, withConsent } from '../conversations/consent.ts';
import type { Purpose } from '../conversations/entry.ts';
import type { Mode } from '../conversations/head.ts';
import type { Ticks } from '../core/time.ts';
import { readKeyword } from './keywords.ts';
import { answersOf, type NumberKind } from './numberKinds.ts';
import { suggestsStop } from './stopSuggestion.ts';

/** All that a text is judged by, besides its words. */
export interface Situation {
  readonly at: Ticks;
  /** As known before this text. */
  readonly consent: ConsentTimes;
  readonly kind: NumberKind;
  readonly mode: Mode;
  /** Who wrote can be texted, and automatic replies are left in the budget. */
  readonly answerable: boolean;
}

export interface Decision {
  readonly keyword?: 'stop' | 'start' | 'help' | undefined;
  readonly consent?: Consent | undefined;
  readonly suggestsStop: boolean;
  /** `answer`: ask the responders and the playbook. At most one reply. */
  readonly reply?: Exclude<Purpose, 'agent' | 'call'> | undefined;
}

/** What a text calls for. Pure, so that the rules can be read, and tested, as a table. */
export function decide(text: string, situation: Situation): Decision {
  const wanted = read(text, situation);
  return situation.answerable ? wanted : { ...wanted, reply: undefined };
}

function read(text: string, { at, consent, kind, mode }: Situation): Decision {
  const { keyword, word } = readKeyword(text);
  const before = consentOf(consent);
  const answer = mode === 'bot' ? 'answer' : undefined;
  switch (keyword) {
    case 'stop': {
      const after = consentOf(withConsent(consent, { consent: 'revoked', at }));
      const confirm = answersOf(kind).stop && before === 'given' && after === 'revoked';
      return { keyword, consent: 'revoked', suggestsStop: false, reply: confirm ? 'stop-confirmation' : undefined };
    }
    case 'start': {
      // The time moves even for a YES that is also an ordinary text: the STOP it answers may arrive after it.
      const started = { keyword, consent: 'given', suggestsStop: false } as const;
      if (word === 'YES' && before === 'given') return { ...started, reply: answer };
      const after = consentOf(withConsent(consent, { consent: 'given', at }));
      return { ...started, reply: answersOf(kind).stop && after === 'given' ? 'start-confirmation' : undefined };
    }
    case 'help':
      return { keyword, suggestsStop: false, reply: answersOf(kind).help ? 'help' : undefined };
    case undefined:
      return { suggestsStop: suggestsStop(text), reply: before === 'given' ? answer : undefined };
  }
}
