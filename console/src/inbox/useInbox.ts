import { useEffect, useMemo, useState } from 'react';
import type { Api, Conversation, InboxQuery } from '../api/client.ts';
import { useEvery } from '../app/useEvery.ts';
import type { Loaded } from './store.ts';
import { inboxView } from './view.ts';

export interface InboxState {
  /** Latest first; `undefined` until the first answer. */
  readonly items: readonly Conversation[] | undefined;
  readonly service: string | undefined;
  readonly serviceNumbers: readonly string[];
  /** There are older ones. */
  readonly more: boolean;
  readonly loading: boolean;
  readonly error: unknown;
  /** Reads a page more. Never rejects; `error` tells. */
  readonly older: () => Promise<void>;
}

/** Milliseconds. What is new shows within this. */
const every = 2_000;
/** Looks; twenty seconds. */
const deeperEvery = 10;
/** Conversations read at once: at the top, which is read again and again, and further down. */
const [atTop, below] = [30, 100];

/** What is shown of a question; of any other it says nothing. */
interface Shown {
  readonly question: Question;
  readonly loaded?: Loaded | undefined;
  readonly loading?: boolean;
  readonly error?: unknown;
  /** Older ones were asked for and did not come. */
  readonly owed?: boolean;
}

type Question = ReturnType<typeof ask>;
interface Numbers {
  readonly service?: string;
  readonly all: readonly string[];
}

/** The latest of a question to the inbox, read again and again, and the older ones that were asked for. */
export function useInbox(api: Api, query: InboxQuery): InboxState {
  const because = JSON.stringify(query);
  const [numbers, setNumbers] = useState<Numbers>({ all: [] });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same words are the same question
  const question = useMemo(() => ask(api, query, setNumbers), [api, because]);
  useEffect(() => () => question.end(), [question]);
  const [latest, setShown] = useState<Shown>({ question });
  const shown: Shown = latest.question === question ? latest : { question };
  /** Takes up what was answered, unless something else is asked by now. */
  const show = (change: Omit<Shown, 'question' | 'loaded'>) =>
    setShown((before) => ({
      ...(before.question === question && before),
      ...change,
      question,
      loaded: question.view.known(),
    }));
  const older = async () => {
    show({ loading: true });
    try {
      await question.view.older();
      if (!question.over()) show({ loading: false, owed: false });
    } catch (error) {
      if (!question.over()) show({ loading: false, owed: true, error });
    }
  };
  const look = async () => {
    try {
      await question.view.look();
      if (question.over()) return;
      show({ error: undefined });
    } catch (error) {
      if (question.over()) return;
      show({ error });
      throw error;
    }
    if (shown.owed === true) await older();
  };
  useEvery(every, look, because);
  return {
    items: shown.loaded?.items,
    service: numbers.service,
    serviceNumbers: numbers.all,
    more: shown.loaded?.cursor !== undefined,
    loading: shown.loading === true,
    error: shown.error,
    older,
  };
}

/** One question, until it ends: then what was on its way for it is called off. */
function ask(api: Api, query: InboxQuery, tell: (numbers: Numbers) => void) {
  const asking = new AbortController();
  const view = inboxView(async (cursor) => {
    const limit = cursor === undefined ? atTop : below;
    const { service, serviceNumbers, ...page } = await api.inbox({ ...query, cursor, limit }, asking.signal);
    if (cursor === undefined && !asking.signal.aborted) tell({ service, all: serviceNumbers });
    return page;
  }, deeperEvery);
  return { view, end: () => asking.abort(), over: () => asking.signal.aborted };
}
