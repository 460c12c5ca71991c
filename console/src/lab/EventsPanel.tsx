import { useState } from 'react';
import { Button, Input, Label, TextField } from 'react-aria-components';
import { EventDetail } from './EventDetail.tsx';
import { eventsWith, shortType } from './events.ts';
import { clock } from './times.ts';
import { useAttempt } from './useAttempt.tsx';
import { type PanelProps, worst } from './world.ts';

/** Events shown: the latest. */
const most = 200;

/** Every event of the world with its deliveries. */
export function EventsPanel({ api, world, again }: PanelProps) {
  const [chosen, setChosen] = useState<number>();
  const [wanted, setWanted] = useState('');
  const { attempt, fault } = useAttempt(again);
  const found = eventsWith(world.events, wanted);
  const shown = world.events.find(({ number }) => number === chosen);
  return (
    <div className="lab-split">
      <div>
        <TextField value={wanted} onChange={setWanted} className="lab-filter">
          <Label>Find events</Label>
          <Input placeholder="number, type, text or id" />
        </TextField>
        <p className="lab-hint" role="status">
          {found.length > most ? `The latest ${most} of ${found.length} events` : `${found.length} events`}
        </p>
        <ul className="lab-events" aria-label="Events, latest first">
          {found.slice(0, most).map(({ number, event, publishedAt, deliveries }) => (
            <li key={number}>
              <Button
                className={number === chosen ? 'lab-row lab-row-chosen' : 'lab-row'}
                aria-pressed={number === chosen}
                onPress={() => setChosen(number)}
              >
                <time dateTime={publishedAt}>{clock(publishedAt)}</time>
                <span>{shortType(event.eventType)}</span>
                <span className={`state state-${worst(deliveries)}`}>{worst(deliveries)}</span>
              </Button>
            </li>
          ))}
        </ul>
      </div>
      <div>
        {fault}
        {shown === undefined ? (
          <p className="lab-hint">Choose an event to see how it was delivered.</p>
        ) : (
          <EventDetail shown={shown} redeliver={(id) => void attempt(() => api.redeliver(id))} />
        )}
      </div>
    </div>
  );
}
