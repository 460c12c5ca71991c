import { Button } from 'react-aria-components';
import { Attempts } from './Attempts.tsx';
import type { WorldEvent } from './adminApi.ts';
import { shortType } from './events.ts';

interface EventDetailProps {
  readonly shown: WorldEvent;
  readonly redeliver: (id: string) => void;
}

/** One event: how it was delivered, what it says, and how it came over the wire. */
export function EventDetail({ shown: { event, deliveries }, redeliver }: EventDetailProps) {
  return (
    <article className="lab-detail" aria-label={`Event ${event.id}`}>
      <header>
        <h3>{shortType(event.eventType)}</h3>
        <Button onPress={() => redeliver(event.id)}>Deliver again</Button>
      </header>
      {deliveries.length === 0 && <p className="lab-hint">Nobody subscribes to this type.</p>}
      {deliveries.map((delivery) => (
        <Attempts key={delivery.subscription} {...delivery} />
      ))}
      <h4>What it says</h4>
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
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach it */}
        <pre tabIndex={0}>{JSON.stringify(event, undefined, 2)}</pre>
      </details>
    </article>
  );
}
