import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import type { Api, CallEntry, Entry, TextEntry } from '../api/client.ts';
import { callWords, canResend, shown, statusWords } from './words.ts';

interface EntryProps<E> {
  readonly api: Api;
  readonly conversation: string;
  readonly entry: E;
  readonly again: () => Promise<void>;
}

const clock = (iso: string): string => new Date(iso).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

export function EntryItem({ entry, ...rest }: EntryProps<Entry>) {
  return entry.type === 'call' ? <CallItem entry={entry} {...rest} /> : <TextItem entry={entry} {...rest} />;
}

function TextItem({ api, conversation, entry, again }: EntryProps<TextEntry>) {
  const [fault, setFault] = useState<string>();
  const resend = async () => {
    try {
      await api.resend(conversation, entry.id, entry.resends ?? 0);
      setFault(undefined);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
    await again();
  };
  const who = entry.direction === 'inbound' ? 'Subscriber' : entry.author?.startsWith('bot:') ? 'Bot' : 'Agent';
  return (
    <article className={`text status-${entry.status ?? 'in'}`} aria-label={`${who}, ${clock(entry.at)}`}>
      <bdi className="text-words">{shown(entry.text)}</bdi>
      <footer>
        {who} · <time dateTime={entry.at}>{clock(entry.at)}</time>
        {entry.status !== undefined && <span className="status"> · {statusWords(entry)}</span>}
        {canResend(entry) && <Button onPress={() => void resend()}>Send anew</Button>}
      </footer>
      {fault !== undefined && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
    </article>
  );
}

function CallItem({ api, conversation, entry }: EntryProps<CallEntry>) {
  return (
    <article className="call" aria-label={`Call, ${clock(entry.at)}`}>
      <strong>{callWords(entry)}</strong> <time dateTime={entry.at}>{clock(entry.at)}</time>
      {entry.steps.length > 0 && (
        <details>
          <summary>What happened</summary>
          <ol>
            {entry.steps.map(({ step, at, heard }) => (
              <li key={`${at} ${step}`}>
                {clock(at)} {step}
                {heard !== undefined && (
                  <>
                    : <bdi>{shown(heard)}</bdi>
                  </>
                )}
              </li>
            ))}
          </ol>
        </details>
      )}
      {entry.recording !== undefined && (
        <Voicemail load={() => api.recording(conversation, entry.id)} seconds={entry.recording.seconds} />
      )}
      {entry.recordingLost !== undefined && <p className="fault">{entry.recordingLost}</p>}
    </article>
  );
}

/** Fetched when it is wanted, with the token in a header. */
function Voicemail({ load, seconds }: { readonly load: () => Promise<Blob>; readonly seconds: number }) {
  const [source, setSource] = useState<string>();
  const [fault, setFault] = useState<string>();
  useEffect(
    () => () => {
      if (source !== undefined) URL.revokeObjectURL(source);
    },
    [source],
  );
  if (source !== undefined)
    // biome-ignore lint/a11y/useMediaCaption: nobody has written down what was said
    return <audio controls autoPlay src={source} aria-label="Voicemail" />;
  const play = async () => {
    try {
      setSource(URL.createObjectURL(await load()));
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <Button onPress={() => void play()}>Play the message ({seconds} s)</Button>
      {fault !== undefined && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
    </>
  );
}
