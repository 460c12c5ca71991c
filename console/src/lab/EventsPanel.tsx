import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { EventDelivery, WorldEvent } from './adminApi.ts';
import type { PanelProps } from './world.ts';

/** Events shown: the latest. */
const most = 200;

const shortType = (type: string): string => type.replace('Microsoft.Communication.', '');
const clock = (iso: string): string => new Date(iso).toLocaleTimeString([], { hour12: false });

/** Every event of the world with its deliveries; dead letters are among them. */
export function EventsPanel({ api, world, again }: PanelProps) {
  const [chosen, setChosen] = useState<string>();
  const [onlyLost, setOnlyLost] = useState(false);
  const events = world.events
    .toReversed()
    .filter(({ deliveries }) => !onlyLost || deliveries.some(({ state }) => state === 'dead-lettered'))
    .slice(0, most);
  const shown = events.find(({ event }) => event.id === chosen);
  const redeliver = async (id: string) => {
    await api.redeliver(id);
    again();
  };
  return (
    <div className="lab-split">
      <div>
        <label className="lab-filter">
          <input type="checkbox" checked={onlyLost} onChange={(event) => setOnlyLost(event.target.checked)} /> dead
          letters only
        </label>
        <ul className="lab-events" aria-label="Events, latest first">
          {events.map(({ event, publishedAt, deliveries }) => (
            <li key={`${event.id}-${publishedAt}`}>
              <Button
                className={event.id === chosen ? 'lab-row lab-row-chosen' : 'lab-row'}
                aria-pressed={event.id === chosen}
                onPress={() => setChosen(event.id)}
              >
                <time>{clock(publishedAt)}</time>
                <span>{shortType(event.eventType)}</span>
                <span className={`state state-${worst(deliveries)}`}>{worst(deliveries)}</span>
              </Button>
            </li>
          ))}
        </ul>
      </div>
      {shown === undefined ? (
        <p className="lab-hint">Choose an event to see how it was delivered.</p>
      ) : (
        <EventDetail {...shown} redeliver={() => void redeliver(shown.event.id)} />
      )}
    </div>
  );
}

function worst(deliveries: readonly EventDelivery[]): EventDelivery['state'] | 'unwanted' {
  const states = deliveries.map(({ state }) => state);
  return (['dead-lettered', 'waiting', 'delivered'] as const).find((state) => states.includes(state)) ?? 'unwanted';
}

function EventDetail({ event, deliveries, redeliver }: WorldEvent & { readonly redeliver: () => void }) {
  return (
    <article className="lab-detail" aria-label={`Event ${event.id}`}>
      <header>
        <h3>{shortType(event.eventType)}</h3>
        <Button onPress={redeliver}>Deliver again</Button>
      </header>
      {deliveries.map(({ subscription, state, attempts, nextTryAt, deadLetterReason }) => (
        <section key={subscription}>
          <h4>
            {subscription}: {state}
            {deadLetterReason !== undefined && ` (${deadLetterReason})`}
          </h4>
          <ol>
            {attempts.map(({ at, ms, outcome, status, detail }) => (
              <li key={at}>
                {clock(at)} {outcome} {status} after {ms} ms {detail}
              </li>
            ))}
          </ol>
          {state === 'waiting' && nextTryAt !== undefined && <p>next attempt at {clock(nextTryAt)}</p>}
        </section>
      ))}
      <dl className="lab-data">
        {Object.entries(event.data).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{typeof value === 'string' ? value : JSON.stringify(value)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>As it came over the wire</summary>
        <pre>{JSON.stringify(event, undefined, 2)}</pre>
      </details>
    </article>
  );
}
