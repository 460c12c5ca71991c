import { createContext, useContext } from 'react';
import {
  Collection,
  GridList,
  GridListItem,
  GridListLoadMoreItem,
  ListLayout,
  Virtualizer,
} from 'react-aria-components';
import type { Conversation } from '../api/client.ts';
import { goTo, pathOf } from '../app/place.ts';
import { flagWords, shortTime } from './words.ts';

interface ListProps {
  readonly items: readonly Conversation[];
  /** The conversation that is open. */
  readonly chosen: string | undefined;
  /** Whose inbox it is; of others the number is told. */
  readonly service: string | undefined;
  /** What the list says when it is empty. */
  readonly empty: string;
  /** Reads older ones, where there are any. */
  readonly older: (() => void) | undefined;
  readonly loading: boolean;
}

/** What changes for all rows at once, so that none has to be made again for it. */
const Around = createContext<Pick<ListProps, 'chosen' | 'service'>>({ chosen: undefined, service: undefined });

/** In pixels, of a row without marks; others are measured when they come into view. */
const layoutOptions = { estimatedRowHeight: 68 };

/** Conversations of which only those in view are in the page, however many there are. */
export function ConversationList({ items, chosen, service, empty, older, loading }: ListProps) {
  return (
    <Around value={{ chosen, service }}>
      <Virtualizer layout={ListLayout} layoutOptions={layoutOptions}>
        <GridList
          className="inbox-list"
          aria-label="Conversations"
          onAction={(id) => goTo({ at: 'conversation', id: String(id) })}
          renderEmptyState={() => <p className="quiet">{empty}</p>}
        >
          <Collection items={items}>{rowOf}</Collection>
          {older !== undefined && (
            <GridListLoadMoreItem onLoadMore={older} isLoading={loading} className="quiet">
              Reading older ones…
            </GridListLoadMoreItem>
          )}
        </GridList>
      </Virtualizer>
    </Around>
  );
}

const rowOf = (conversation: Conversation) => (
  <GridListItem id={conversation.id} textValue={toldOf(conversation)} className="item">
    <Row conversation={conversation} />
  </GridListItem>
);

/** What a screen reader says of a row that the arrow keys reach; typing finds it by its number. */
const toldOf = ({ subscriber, unread, preview }: Conversation): string =>
  `${subscriber}${unread ? ', unread' : ''}: ${preview}`;

/** A link of its own, so that it opens in another tab too; the keyboard opens the row. */
function Row({ conversation }: { readonly conversation: Conversation }) {
  const { id, service, subscriber, preview, unread, flags, consent, mode, lastAt } = conversation;
  const around = useContext(Around);
  return (
    <a
      href={pathOf({ at: 'conversation', id })}
      className={unread ? 'item-link item-unread' : 'item-link'}
      aria-current={id === around.chosen ? 'page' : undefined}
      onPointerDown={(event) => event.stopPropagation()}
      onClick={(event) => {
        event.stopPropagation();
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
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
        {around.service !== undefined && service !== around.service && <span className="mark">with {service}</span>}
        {consent === 'revoked' && <span className="mark">opted out</span>}
        {mode === 'agent' && <span className="mark">with an agent</span>}
        {flags.map((flag) => (
          <span key={flag} className="mark mark-eye">
            {flagWords[flag]}
          </span>
        ))}
      </span>
    </a>
  );
}
