import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import type { Api, Conversation as Shown } from '../api/client.ts';
import { goTo } from '../app/place.ts';
import { Composer } from '../composer/Composer.tsx';
import { flagWords } from '../inbox/words.ts';
import { EntryItem } from './EntryItem.tsx';
import { EraseDialog } from './EraseDialog.tsx';
import { useTimeline } from './useTimeline.ts';
import { dayOf } from './words.ts';

/** A conversation whole: who, what was said, and what to do. */
export function Conversation({ api, id }: { readonly api: Api; readonly id: string }) {
  const timeline = useTimeline(api, id);
  const { conversation, entries, error } = timeline;
  const [fault, setFault] = useState<string>();
  const end = useRef<HTMLLIElement>(null);
  const last = entries.at(-1)?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is new is scrolled to
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
  }, [last]);
  const unread = conversation?.unread === true;
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once for each that is new
  useEffect(() => {
    if (unread && document.visibilityState === 'visible') void api.update(id, { readTo: 'latest' }).catch(() => {});
  }, [unread, last]);
  if (conversation === undefined)
    return (
      <p className="notice" role="status">
        {error?.message ?? 'Opening…'}
      </p>
    );
  const act = async (change: object) => {
    try {
      await api.update(id, change);
      setFault(undefined);
      await timeline.again();
    } catch (failed) {
      setFault(failed instanceof Error ? failed.message : String(failed));
    }
  };
  return (
    <section className="conversation" aria-label={`Conversation with ${conversation.subscriber}`}>
      <Head api={api} conversation={conversation} act={act} />
      {(fault ?? error?.message) !== undefined && (
        <p className="fault" role="status">
          {fault ?? error?.message}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach it */}
      <ol tabIndex={0} className="timeline" aria-label="Timeline">
        {timeline.more && (
          <li>
            <Button onPress={() => void timeline.older()}>Older</Button>
          </li>
        )}
        {entries.map((entry, n) => {
          const day = dayOf(entry.at);
          const before = entries[n - 1];
          return (
            <li key={entry.id} className={`entry entry-${entry.type} entry-${entry.direction}`}>
              {(before === undefined || dayOf(before.at) !== day) && <h3 className="day">{day}</h3>}
              <EntryItem api={api} conversation={id} entry={entry} again={timeline.again} />
            </li>
          );
        })}
        <li ref={end} className="end" />
      </ol>
      <Composer api={api} conversation={conversation} again={timeline.again} />
    </section>
  );
}

interface HeadProps {
  readonly api: Api;
  readonly conversation: Shown;
  readonly act: (change: object) => Promise<void>;
}

function Head({ api, conversation, act }: HeadProps) {
  const { id, subscriber, service, mode, flags, consent } = conversation;
  const [erasing, setErasing] = useState(false);
  return (
    <header className="conversation-head">
      <Button className="back" aria-label="Back to the inbox" onPress={() => goTo({ at: 'inbox' })}>
        ←
      </Button>
      <div>
        <h2>
          <bdi>{subscriber}</bdi>
        </h2>
        <p className="quiet">
          with {service}
          {consent === 'revoked' && ' · opted out'} · {mode === 'agent' ? 'an agent answers' : 'the bot answers'}
        </p>
      </div>
      <div className="conversation-acts">
        <Button onPress={() => void act({ mode: mode === 'agent' ? 'bot' : 'agent' })}>
          {mode === 'agent' ? 'Hand back to the bot' : 'Take over'}
        </Button>
        <Button onPress={() => void download(api, id)}>Export</Button>
        <Button onPress={() => setErasing(true)}>Erase…</Button>
      </div>
      {flags.map((flag) => (
        <p key={flag} className="flag">
          {flagWords[flag]}
          <Button onPress={() => void act({ settle: [flag] })}>Seen to</Button>
        </p>
      ))}
      <EraseDialog open={erasing} close={() => setErasing(false)} erase={() => api.erase(id)} who={subscriber} />
    </header>
  );
}

/** As a file of the browser's; the token goes in a header and in no address. */
async function download(api: Api, id: string): Promise<void> {
  const file = new Blob([JSON.stringify(await api.export(id), undefined, 2)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `conversation-${id}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
