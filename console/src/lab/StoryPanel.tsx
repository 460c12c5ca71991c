import { useEffect, useState } from 'react';
import type { WorldEvent } from './adminApi.ts';
import { type StoredEntry, storyOf, type TimelineOf, textsIn } from './story.ts';
import type { World } from './world.ts';

interface StoryProps {
  readonly world: World;
  readonly timelineOf: TimelineOf | undefined;
}

/** Texts to choose from. */
const most = 50;

const plus = (value: unknown): string => `+${String(value ?? '').replace(/^\+/, '')}`;
const exact = (iso: string): string => iso.slice(11, 23);

/** The whole way of one text: event, function, storage, send, report, with times. */
export function StoryPanel({ world, timelineOf }: StoryProps) {
  const texts = textsIn(world).slice(0, most);
  const [chosen, setChosen] = useState<string>();
  const text = texts.find(({ event }) => event.id === chosen) ?? texts[0];
  const entries = useEntries(text, timelineOf, world);
  if (text === undefined) return <p className="lab-hint">No text has come yet. Send one from a phone.</p>;
  return (
    <div className="lab-story">
      <label>
        Text{' '}
        <select value={text.event.id} onChange={(event) => setChosen(event.target.value)}>
          {texts.map(({ event }) => (
            <option key={event.id} value={event.id}>
              {exact(event.eventTime)} {plus(event.data['from'])}: {String(event.data['message']).slice(0, 40)}
            </option>
          ))}
        </select>
      </label>
      <ol className="lab-steps">
        {storyOf(world, text, entries).map(({ at, what, detail }) => (
          <li key={`${at}-${what}`}>
            <time>{exact(at)}</time>
            <span>{what}</span>
            {detail !== undefined && <bdi>{detail}</bdi>}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** The conversation's timeline; read again whenever something was sent or reported. */
function useEntries(text: WorldEvent | undefined, timelineOf: TimelineOf | undefined, { sent, events }: World) {
  const [entries, setEntries] = useState<readonly StoredEntry[]>([]);
  const [service, subscriber] = [plus(text?.event.data['to']), plus(text?.event.data['from'])];
  const seen = `${sent.length} ${events.length}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was seen is why to read again
  useEffect(() => {
    let gone = false;
    timelineOf?.(service, subscriber).then(
      (found) => {
        if (!gone) setEntries(found);
      },
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [timelineOf, service, subscriber, seen]);
  return entries;
}
