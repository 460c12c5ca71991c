import { useState } from 'react';
import { Button, Input, Label, SearchField } from 'react-aria-components';
import { type Api, ApiError, type Conversation, type Flag } from '../api/client.ts';
import { goTo, pathOf } from '../app/place.ts';
import { useInbox } from './useInbox.ts';
import { flags, flagWords, found, shortTime } from './words.ts';
import './inbox.css';

interface InboxProps {
  readonly api: Api;
  /** The conversation that is open. */
  readonly chosen: string | undefined;
  /** What the issuer calls those who may read here. */
  readonly role: string;
}

type Only = 'all' | 'unread' | Flag;

/** A service number's conversations, latest first. */
export function Inbox({ api, chosen, role }: InboxProps) {
  const [service, setService] = useState<string>();
  const [only, setOnly] = useState<Only>('all');
  const [search, setSearch] = useState('');
  const flag = only === 'all' || only === 'unread' ? undefined : only;
  const inbox = useInbox(api, { service, unread: only === 'unread' ? true : undefined, flag });
  const { error } = inbox;
  if (error instanceof ApiError && error.status === 403)
    return (
      <p className="notice" role="alert">
        You are signed in, but your account does not have the role “{role}” that this takes. Ask whoever manages sign-in
        for it.
      </p>
    );
  const shown = inbox.items.filter((each) => found(search, each));
  return (
    <section className="inbox" aria-label="Inbox">
      <div className="inbox-filters">
        <select
          aria-label="Number"
          value={service ?? inbox.service ?? ''}
          onChange={(event) => setService(event.target.value)}
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
        <SearchField value={search} onChange={setSearch} className="search">
          <Label className="hidden">Find a number</Label>
          <Input placeholder="Find a number" />
        </SearchField>
      </div>
      {error !== undefined && (
        <p className="fault" role="status">
          {error.message}
        </p>
      )}
      <ul className="inbox-list" aria-label="Conversations">
        {shown.map((each) => (
          <Item key={each.id} conversation={each} open={each.id === chosen} />
        ))}
      </ul>
      {shown.length === 0 && error === undefined && <p className="quiet">Nothing here.</p>}
      {inbox.more && <Button onPress={() => void inbox.older()}>Older</Button>}
    </section>
  );
}

function Item({ conversation, open }: { readonly conversation: Conversation; readonly open: boolean }) {
  const { id, subscriber, preview, unread, flags: raised, consent, mode, lastAt } = conversation;
  return (
    <li className={unread ? 'item item-unread' : 'item'}>
      <a
        href={pathOf({ at: 'conversation', id })}
        aria-current={open ? 'page' : undefined}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey) return;
          event.preventDefault();
          goTo({ at: 'conversation', id });
        }}
      >
        <span className="item-who">
          <bdi>{subscriber}</bdi>
          {unread && <span className="hidden"> unread</span>}
        </span>
        <time dateTime={lastAt}>{shortTime(lastAt, new Date())}</time>
        <bdi className="item-preview">{preview}</bdi>
        <span className="marks">
          {consent === 'revoked' && <span className="mark">opted out</span>}
          {mode === 'agent' && <span className="mark">with an agent</span>}
          {raised.map((flag) => (
            <span key={flag} className="mark mark-eye">
              {flagWords[flag]}
            </span>
          ))}
        </span>
      </a>
    </li>
  );
}
