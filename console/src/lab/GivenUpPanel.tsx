import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { Api, Dropped } from '../api/client.ts';
import { useEvery } from '../app/useEvery.ts';
import { deadLettersIn, shortType } from './events.ts';
import { clock } from './times.ts';
import { useAttempt } from './useAttempt.tsx';
import { messageOf } from './useWorld.ts';
import type { PanelProps } from './world.ts';

/** What did not get through: given up by Event Grid, or kept aside by the app; both can be set off again. */
export function GivenUpPanel(props: PanelProps) {
  return (
    <div className="lab-given-up">
      <DeadLetters {...props} />
      <DroppedEvents app={props.app} again={props.again} />
    </div>
  );
}

function DeadLetters({ api, world, again }: PanelProps) {
  const letters = deadLettersIn(world.events);
  const { attempt, fault } = useAttempt(again);
  const ids = [...new Set(letters.map(({ event }) => event.id))];
  return (
    <section aria-labelledby="dead-letters">
      <h3 id="dead-letters">Dead letters</h3>
      <p className="lab-hint">Event Grid could not deliver these, and has given them up.</p>
      {fault}
      {letters.length === 0 ? (
        <p>There are none.</p>
      ) : (
        <>
          <Button
            onPress={() =>
              void attempt(async () => {
                for (const id of ids) await api.redeliver(id);
              })
            }
          >
            Deliver all {letters.length} again
          </Button>
          <ul className="lab-list" aria-label="Dead letters">
            {letters.map(({ number, publishedAt, event, deliveries }) => (
              <li key={number}>
                <time dateTime={publishedAt}>{clock(publishedAt)}</time>
                <span>
                  {shortType(event.eventType)}: {String(event.data['message'] ?? event.subject)}
                </span>
                <span className="state-dead-lettered">
                  {deliveries.map(({ deadLetterReason }) => deadLetterReason).join(' ')}
                </span>
                <Button onPress={() => void attempt(() => api.redeliver(event.id))}>Deliver again</Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function DroppedEvents({ app, again }: Pick<PanelProps, 'app' | 'again'>) {
  const { dropped, fault: unread, read } = useDropped(app);
  const { attempt, fault } = useAttempt(() => {
    void read().catch(() => {});
    again();
  });
  return (
    <section aria-labelledby="dropped">
      <h3 id="dropped">Dropped by the app</h3>
      <p className="lab-hint">Events of ours that the app could not process, kept whole.</p>
      {fault}
      {unread !== undefined && <p className="lab-error">{unread}</p>}
      {unread === undefined && dropped.length === 0 && <p>There are none.</p>}
      <ul className="lab-list" aria-label="Dropped events">
        {dropped.map(({ id, keptAt, reason, event }) => (
          <li key={id}>
            <time dateTime={keptAt}>{clock(keptAt)}</time>
            <details>
              <summary>{reason}</summary>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach it */}
              <pre tabIndex={0}>{JSON.stringify(event, undefined, 2)}</pre>
            </details>
            <Button onPress={() => void attempt(() => app.redrive(id))}>Process again</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const every = 3_000;

function useDropped(app: Api) {
  const [dropped, setDropped] = useState<readonly Dropped[]>([]);
  const [fault, setFault] = useState<string>();
  const read = async () => {
    try {
      setDropped((await app.dropped()).items);
      setFault(undefined);
    } catch (error) {
      setFault(messageOf(error));
      throw error;
    }
  };
  useEvery(every, read, '');
  return { dropped, fault, read };
}
