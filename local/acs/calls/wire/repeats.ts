import { digest } from '../../../../shared/core/hash.ts';
import type { Answer } from '../../answer.ts';
import { parseFixdate } from '../../signature.ts';
import type { Refusal } from '../rules.ts';

/** A request as repetitions of it are told from others. */
export interface Repeated {
  readonly id: string | undefined;
  readonly firstSent: string | undefined;
  /** Method, path and body. */
  readonly content: string;
}

export interface RepeatTerms {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Milliseconds. */
  readonly window: number;
}

export type RepeatVerdict =
  | { readonly type: 'refused'; readonly why: Refusal }
  | { readonly type: 'answered'; readonly answer: Answer }
  /** To be carried out; `remember` takes what was answered, `forget` lets a repetition be carried out again. */
  | { readonly type: 'first'; remember(answer: Answer): void; forget(): void };

/** What was answered to each Repeatability-Request-ID. */
export interface Repeats {
  /** `undefined`: it has neither header, and is like no other. */
  judge(request: Repeated, terms: RepeatTerms): RepeatVerdict | undefined;
  clear(): void;
}

interface Known {
  readonly payload: string;
  readonly firstSent: number;
  readonly answer: Answer | undefined;
}

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** https://learn.microsoft.com/rest/api/communication/repeatable-requests: as for texts, but that headers carry it. */
export function repeatsOf(): Repeats {
  const known = new Map<string, Known>();
  return {
    judge(request, { now, window }) {
      if (request.id === undefined && request.firstSent === undefined) return undefined;
      const firstSent = parseFixdate(request.firstSent ?? '');
      const key = (request.id ?? '').toLowerCase();
      if (!guid.test(key) || firstSent === undefined) return { type: 'refused', why: 'malformedRepeatability' };
      if (now - firstSent > window) return { type: 'refused', why: 'windowOver' };
      const payload = digest(request.content);
      const before = known.get(key);
      if (before === undefined || now - before.firstSent > window) return first(known, key, { payload, firstSent });
      if (before.payload !== payload) return { type: 'refused', why: 'otherPayload' };
      return before.answer === undefined
        ? { type: 'refused', why: 'inProgress' }
        : { type: 'answered', answer: before.answer };
    },
    clear: () => known.clear(),
  };
}

/** In progress until it is answered; one that failed on our side never was. */
function first(known: Map<string, Known>, key: string, begun: Omit<Known, 'answer'>): RepeatVerdict {
  known.set(key, { ...begun, answer: undefined });
  return {
    type: 'first',
    remember: (answer) => void known.set(key, { ...begun, answer }),
    forget: () => void known.delete(key),
  };
}
