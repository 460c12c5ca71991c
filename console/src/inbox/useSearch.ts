import { useEffect, useState } from 'react';
import type { Api, Conversation } from '../api/client.ts';

interface Search {
  readonly words: string;
  /** What the server found for them; `undefined` while it was not asked or has not answered. */
  readonly items: readonly Conversation[] | undefined;
  readonly error: unknown;
  readonly type: (words: string) => void;
  /** Asks the server for the words as they stand. */
  readonly ask: (words: string) => void;
}

interface Answer {
  readonly words: string;
  readonly items?: readonly Conversation[];
  readonly error?: unknown;
}

/** Digits of a whole number with its country, as E.164 has them, down to the shortest that are common. */
const whole = /^\+?\d{10,15}$/;
const isWhole = (words: string): boolean => whole.test(words.replace(/[\s().-]/g, ''));
/** Milliseconds without typing before a whole number is looked up. */
const pause = 300;

/** What is typed, and what the server has for it: asked for a whole number, and for anything on Enter. */
export function useSearch(api: Api): Search {
  const [words, setWords] = useState('');
  const [asked, setAsked] = useState<string>();
  const [answer, setAnswer] = useState<Answer>();
  useEffect(() => {
    if (!isWhole(words)) return;
    const timer = setTimeout(() => setAsked(words), pause);
    return () => clearTimeout(timer);
  }, [words]);
  useEffect(() => {
    if (asked === undefined || asked.trim() === '') return;
    let over = false;
    const take = (taken: Answer) => over || setAnswer(taken);
    api.search(asked).then(
      (items) => take({ words: asked, items }),
      (error: unknown) => take({ words: asked, error }),
    );
    return () => {
      over = true;
    };
  }, [api, asked]);
  const told = answer?.words === words ? answer : undefined;
  return {
    words,
    items: told?.items,
    error: told?.error,
    type(typed) {
      setWords(typed);
      setAsked(undefined);
    },
    ask: setAsked,
  };
}
