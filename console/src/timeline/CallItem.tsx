import type { CallEntry } from '../api/client.ts';
import { goTo, pathOf } from '../app/place.ts';
import { shown } from './shown.ts';
import type { ItemProps } from './TextItem.tsx';
import { TimeAndLink } from './TimeAndLink.tsx';
import { clockOf, inFull } from './times.ts';
import { Voicemail } from './Voicemail.tsx';
import { callReason, callTitle, heardWords, lengthOf, stepWords } from './words.ts';

/** A call: how it went, step by step, what was sent on it, and what was left. */
export function CallItem({ api, conversation, entry, current }: ItemProps<CallEntry>) {
  const reason = callReason(entry);
  return (
    <article className="call" aria-label={`${callTitle(entry)}, ${clockOf(entry.at)}`}>
      <p>
        <strong>{callTitle(entry)}</strong>
        {entry.seconds !== undefined && entry.seconds > 0 && ` · ${lengthOf(entry.seconds)}`} ·{' '}
        <TimeAndLink conversation={conversation} entry={entry.id} at={entry.at} current={current} />
      </p>
      {reason !== undefined && <p className="quiet">{shown(reason)}</p>}
      {entry.passedOnAt !== undefined && (
        <p className="quiet">
          Somebody took it at {clockOf(entry.passedOnAt)}
          {entry.passedOnUntil !== undefined && ` and spoke until ${clockOf(entry.passedOnUntil)}`}.
        </p>
      )}
      <Steps entry={entry} />
      {entry.texts.length > 0 && <Texts conversation={conversation} texts={entry.texts} />}
      {entry.recordings.map(({ id, seconds }, n) => (
        <Voicemail
          key={id}
          load={() => api.recording(conversation, entry.id, id)}
          seconds={seconds}
          name={`voicemail-${entry.at.slice(0, 19).replaceAll(':', '-')}-${n + 1}.wav`}
        />
      ))}
      {entry.recordingLost !== undefined && <p className="fault">{entry.recordingLost}</p>}
    </article>
  );
}

function Steps({ entry }: { readonly entry: CallEntry }) {
  if (entry.steps.length === 0) return null;
  return (
    <details>
      <summary>What happened</summary>
      <ol className="steps">
        {entry.steps.map(({ step, at, heard }, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added at the end
          <li key={n}>
            <time dateTime={at} title={inFull(at)}>
              {clockOf(at)}
            </time>{' '}
            {stepWords(step)}
            {heard !== undefined && (
              <>
                {': the caller '}
                <bdi>{shown(heardWords(heard))}</bdi>
              </>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}

function Texts({ conversation, texts }: { readonly conversation: string; readonly texts: readonly string[] }) {
  return (
    <p className="quiet">
      Sent on it:{' '}
      {texts.map((entry, n) => (
        <a
          key={entry}
          href={pathOf({ at: 'conversation', id: conversation, entry })}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey) return;
            event.preventDefault();
            goTo({ at: 'conversation', id: conversation, entry });
          }}
        >
          {texts.length === 1 ? 'a text' : `text ${n + 1}`}{' '}
        </a>
      ))}
    </p>
  );
}
