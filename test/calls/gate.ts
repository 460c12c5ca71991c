import type { OrderOutcome } from '../../shared/calls/callControl.ts';
import type { CallServices } from '../../shared/calls/callServices.ts';
import { AppError } from '../../shared/core/errors.ts';
import type { SendOutcome } from '../../shared/sms/smsSender.ts';

/** What happens at one effect: the process dies before or after it, it fails, or it is done and its answer is lost. */
export const faults = ['dies before', 'dies after', 'fails', 'answer lost'] as const;
export type Fault = (typeof faults)[number];

export interface Gate {
  readonly services: CallServices;
  /** Effects so far, each by what it was. */
  readonly effects: readonly string[];
  readonly dead: () => boolean;
}

type Method = (...args: never[]) => Promise<unknown>;

const never = new Promise<never>(() => {});

/** What whoever asked is told of an effect that failed, or of which they learn nothing. */
const troubles: Readonly<Record<string, Readonly<Record<'fails' | 'answer lost', SendOutcome | OrderOutcome>>>> = {
  send: {
    fails: { type: 'refused-for-now', code: 'request-503', reason: 'Busy.' },
    'answer lost': { type: 'ambiguous', reason: 'no answer came in time.' },
  },
  carryOut: {
    fails: { type: 'later', code: '503', reason: 'Busy.' },
    'answer lost': { type: 'ambiguous', code: 'AbortError', reason: 'No answer.' },
  },
};

/** The services of one process, in which the n-th effect (from 1) meets a fault. */
export function gated(services: CallServices, at?: { readonly n: number; readonly fault: Fault }): Gate {
  const effects: string[] = [];
  let dead = false;
  const through =
    (name: string, method: Method): Method =>
    async (...args) => {
      if (dead) return never;
      effects.push(name);
      const fault = at?.n === effects.length ? at.fault : undefined;
      dead = fault === 'dies before' || fault === 'dies after';
      if (fault === 'dies before') return never;
      if (fault === 'fails') return trouble(name, fault);
      const result = await method(...args);
      if (fault === 'dies after') return never;
      return fault === 'answer lost' ? trouble(name, fault) : result;
    };
  const port = <T extends object>(label: string, inner: T): T =>
    Object.fromEntries(
      Object.entries(inner).map(([name, method]) => [name, through(`${label}.${name}`, method as Method)]),
    ) as T;
  const { store, inbox, wakes, sender, calls, callIndex, recordings, recordingSource } = services;
  return {
    services: {
      ...services,
      store: port('store', store),
      inbox: port('inbox', inbox),
      wakes: port('wakes', wakes),
      sender: port('sender', sender),
      calls: port('calls', calls),
      callIndex: port('callIndex', callIndex),
      recordings: port('recordings', recordings),
      recordingSource: port('recordingSource', recordingSource),
    },
    effects,
    dead: () => dead,
  };
}

function trouble(name: string, fault: 'fails' | 'answer lost'): unknown {
  const told = troubles[name.split('.')[1] ?? ''];
  if (told !== undefined) return told[fault];
  throw new AppError(name.startsWith('recordingSource') ? 'unavailable' : 'storage-failed', `${name}: ${fault}.`);
}
