import { useEffect, useState } from 'react';
import { Input, Label, SearchField } from 'react-aria-components';
import { type Api, ApiError, type Flag } from '../api/client.ts';
import { keep, useKept } from '../composer/kept.ts';
import { faultOf } from '../timeline/advice.ts';
import { ConversationList } from './ConversationList.tsx';
import { type InboxState, useInbox } from './useInbox.ts';
import { useSearch } from './useSearch.ts';
import { flags, flagWords, found } from './words.ts';
import './inbox.css';

interface InboxProps {
  readonly api: Api;
  /** The conversation that is open. */
  readonly chosen: string | undefined;
  /** What the issuer calls those who may read here. */
  readonly role: string;
}

/** Under what the tab keeps whose inbox is looked at. */
const chosenNumber = 'service';

type Only = 'all' | 'unread' | Flag;

/** A service number's conversations, latest first, or what was searched for. */
export function Inbox({ api, chosen, role }: InboxProps) {
  const service = useKept(chosenNumber) || undefined;
  const [only, setOnly] = useState<Only>('all');
  const search = useSearch(api);
  const flag = only === 'all' || only === 'unread' ? undefined : only;
  const inbox = useInbox(api, { service, unread: only === 'unread' ? true : undefined, flag });
  const refused = inbox.error instanceof ApiError ? inbox.error.status : undefined;
  useEffect(() => {
    // The number may be ours no longer.
    if (refused === 400) keep(chosenNumber, '');
  }, [refused]);
  if (refused === 403)
    return (
      <p className="notice" role="alert">
        You are signed in, but your account does not have the role “{role}” that this takes. Ask whoever manages sign-in
        for it.
      </p>
    );
  const fault = inbox.error ?? search.error;
  const items = shownOf(inbox, search);
  return (
    <section className="inbox" aria-label="Inbox">
      <div className="inbox-filters">
        <select
          aria-label="Number"
          value={service ?? inbox.service ?? ''}
          onChange={(event) => keep(chosenNumber, event.target.value)}
        >
          {inbox.serviceNumbers.map((number) => (
            <option key={number}>{number}</option>
          ))}
        </select>
        <select aria-label="Show" value={only} onChange={(event) => setOnly(event.target.value as Only)}>
          <option value="all">all</option>
          <option value="unread">unread</option>
          {flags.map((each) => (
            <option key={each} value={each}>
              {flagWords[each]}
            </option>
          ))}
        </select>
        <SearchField value={search.words} onChange={search.type} onSubmit={search.ask} className="search">
          <Label className="hidden">Find a number</Label>
          <Input placeholder="Find a number" />
        </SearchField>
      </div>
      <p className={fault === undefined ? 'hidden' : 'fault'} role="status">
        {fault !== undefined && wordsOf(fault)}
      </p>
      <ConversationList
        items={items}
        chosen={chosen}
        service={service ?? inbox.service}
        empty={emptyWords(inbox, search)}
        older={search.words === '' && inbox.more ? () => void inbox.older() : undefined}
        loading={inbox.loading}
      />
    </section>
  );
}

type Search = Pick<ReturnType<typeof useSearch>, 'words' | 'items'>;

/** What is loaded and fits, at once; then what only the server has. */
function shownOf({ items = [] }: InboxState, { words, items: others = [] }: Search) {
  if (words === '') return items;
  const here = items.filter((each) => found(words, each));
  return [...here, ...others.filter(({ id }) => !here.some((each) => each.id === id))];
}

function emptyWords({ items, more }: InboxState, search: Search): string {
  if (search.words === '') return items === undefined || more ? 'Opening…' : 'Nothing here.';
  return search.items === undefined
    ? 'None among those shown. Enter looks for the whole number everywhere.'
    : 'There is no conversation with this number.';
}

/** It tries again by itself, unless it was refused. */
const wordsOf = (error: unknown): string =>
  error instanceof ApiError ? faultOf(error) : 'No connection; trying again.';
