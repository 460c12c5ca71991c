import { useEffect, useState } from 'react';
import type { Api } from '../api/client.ts';
import type { WorldCall, WorldEvent } from './adminApi.ts';
import { callStoryOf } from './callStory.ts';
import { textsBetween } from './conversationOf.ts';
import { partiesOf, type Station, type Stored, storyOf, textsIn } from './story.ts';
import { after, clock, exact } from './times.ts';
import { messageOf } from './useWorld.ts';
import type { PanelProps, World } from './world.ts';

/** Texts to choose from, and calls. */
const most = 50;

const keyOfText = ({ number }: WorldEvent): string => `text ${number}`;
const keyOfCall = ({ id }: WorldCall): string => `call ${id}`;

/** The whole way of one text (event, function, storage, send, report) or call, with times. */
export function StoryPanel({ app, world }: PanelProps) {
  const texts = textsIn(world).slice(0, most);
  const calls = world.calls.toReversed();
  const [chosen, setChosen] = useState<string>();
  const call = calls.find((each) => keyOfCall(each) === chosen);
  const text = call === undefined ? (texts.find((each) => keyOfText(each) === chosen) ?? texts[0]) : undefined;
  const shown = call ?? (text === undefined ? calls[0] : undefined);
  return (
    <div className="lab-story">
      <label>
        Story of{' '}
        <select value={chosen ?? ''} onChange={(event) => setChosen(event.target.value)}>
          <option value="">the latest</option>
          <optgroup label="Texts">
            {texts.map((each) => (
              <option key={each.number} value={keyOfText(each)}>
                {clock(each.publishedAt)} {partiesOf(each).subscriber}:{' '}
                {String(each.event.data['message']).slice(0, 40)}
              </option>
            ))}
          </optgroup>
          <optgroup label="Calls">
            {calls.map((each) => (
              <option key={each.id} value={keyOfCall(each)}>
                {clock(each.startedAt)} {each.from} calls {each.to}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      {text !== undefined && <TextStory app={app} world={world} text={text} />}
      {shown !== undefined && <Stations began={shown.startedAt} stations={callStoryOf(world, shown)} />}
      {text === undefined && shown === undefined && (
        <p className="lab-hint">Nothing has come yet. Text, or call, from a phone.</p>
      )}
    </div>
  );
}

interface TextStoryProps {
  readonly app: Api;
  readonly world: World;
  readonly text: WorldEvent;
}

function TextStory({ app, world, text }: TextStoryProps) {
  return <Stations began={text.publishedAt} stations={storyOf(world, text, useStored(app, text, world))} />;
}

/** The conversation's timeline; read again whenever something was sent or happened to an event. */
function useStored(app: Api, text: WorldEvent, { sent, events }: World): Stored {
  const [stored, setStored] = useState<Stored>({ unseen: 'Reading…' });
  const { service, subscriber } = partiesOf(text);
  const since = text.publishedAt;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has happened is why to read again
  useEffect(() => {
    let gone = false;
    textsBetween(app, { service, subscriber, since }).then(
      (entries) => !gone && setStored({ entries }),
      (error) => !gone && setStored({ unseen: messageOf(error) }),
    );
    return () => {
      gone = true;
    };
  }, [app, service, subscriber, since, sent, events]);
  return stored;
}

function Stations({ began, stations }: { readonly began: string; readonly stations: readonly Station[] }) {
  return (
    <ol className="lab-stations" aria-label="Stations">
      {stations.map(({ name, moments, hint }) => (
        <li key={name}>
          <h3>{name}</h3>
          {moments.length === 0 && <p className="lab-hint">{hint}</p>}
          <ol className="lab-steps">
            {moments.map(({ at, what, detail }, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: moments are only added, and have no names
              <li key={n}>
                {at !== undefined && (
                  <time dateTime={at}>
                    {exact(at)} <small>{after(began, at)}</small>
                  </time>
                )}
                <span>{what}</span>
                {detail !== undefined && <bdi>{detail}</bdi>}
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
}
