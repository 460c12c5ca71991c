import { useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import type { Api, Entry } from '../api/client.ts';
import { goTo } from '../app/place.ts';
import { Composer, draftOf } from '../composer/Composer.tsx';
import { keep, kept } from '../composer/kept.ts';
import { type Outgoing, unshown } from '../composer/outbox.ts';
import { forgetOutbox, useOutbox } from '../composer/useOutbox.ts';
import { faultOf } from './advice.ts';
import { CallItem } from './CallItem.tsx';
import { Head } from './Head.tsx';
import { OutgoingItem } from './OutgoingItem.tsx';
import { TextItem } from './TextItem.tsx';
import { Timeline } from './Timeline.tsx';
import { useReadMark } from './useReadMark.ts';
import { type TimelineState, useTimeline } from './useTimeline.ts';
import './timeline.css';

interface ConversationProps {
  readonly api: Api;
  readonly id: string;
  /** The entry that the address names. */
  readonly entry?: string | undefined;
}

/** A conversation whole: who, what was said, and what to do. */
export function Conversation({ api, id, entry }: ConversationProps) {
  const timeline = useTimeline(api, id);
  const { conversation, loaded, fault, gone } = timeline;
  if (gone) return <Gone />;
  if (conversation === undefined || loaded === undefined)
    return (
      <p className="notice" role="status">
        {fault ?? 'Opening…'}
      </p>
    );
  return <Opened api={api} target={entry} timeline={timeline} conversation={conversation} loaded={loaded} />;
}

function Gone() {
  return (
    <div className="notice" role="status">
      <p>There is no such conversation. It was erased, or the address is not whole.</p>
      <Button onPress={() => goTo({ at: 'inbox' })}>To the inbox</Button>
    </div>
  );
}

interface OpenedProps extends Required<Pick<ConversationProps, 'api'>> {
  readonly target: string | undefined;
  readonly timeline: TimelineState;
  readonly conversation: NonNullable<TimelineState['conversation']>;
  readonly loaded: NonNullable<TimelineState['loaded']>;
}

function Opened({ api, target, timeline, conversation, loaded }: OpenedProps) {
  const { id } = conversation;
  const outbox = useOutbox(api, id, timeline.show);
  const [sends, setSends] = useState(0);
  const [fault, setFault] = useState<string>();
  const setReading = useReadMark(api, conversation, loaded);
  const section = useRef<HTMLElement>(null);
  /** Where a button goes away with what it did, the focus stays in the conversation. */
  const stay = () =>
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) section.current?.focus();
    });
  const act = async (what: () => Promise<unknown>) => {
    try {
      await what();
      setFault(undefined);
      await timeline.again();
      stay();
    } catch (error) {
      setFault(faultOf(error));
    }
  };
  const putAway = (outgoing: Outgoing) => {
    outbox.drop(outgoing);
    stay();
  };
  const takeBack = (outgoing: Outgoing) => {
    putAway(outgoing);
    keep(draftOf(id), [outgoing.text, kept(draftOf(id))].filter(Boolean).join('\n'));
  };
  const erased = () => {
    keep(draftOf(id), '');
    forgetOutbox(id);
    goTo({ at: 'inbox' });
  };
  const told = fault ?? timeline.fault;
  return (
    <section
      ref={section}
      tabIndex={-1}
      className="conversation"
      aria-label={`Conversation with ${conversation.subscriber}`}
    >
      <Head api={api} conversation={conversation} act={act} erased={erased} />
      {told !== undefined && (
        <p className="fault" role="status">
          {told}
        </p>
      )}
      <Timeline
        loaded={loaded}
        target={target}
        older={timeline.older}
        olderFault={timeline.olderFault}
        reading={setReading}
        sends={sends}
        item={(entry: Entry, current) => {
          const item = { api, conversation: id, current, show: timeline.show };
          return entry.type === 'call' ? <CallItem {...item} entry={entry} /> : <TextItem {...item} entry={entry} />;
        }}
      >
        {unshown(outbox.outgoing, loaded.entries).map((one) => (
          <OutgoingItem key={one.key} outgoing={one} again={outbox.again} putAway={putAway} takeBack={takeBack} />
        ))}
      </Timeline>
      <Composer
        api={api}
        conversation={conversation}
        send={(text) => {
          outbox.send(text, loaded.entries.at(-1)?.id);
          setSends((before) => before + 1);
        }}
      />
    </section>
  );
}
