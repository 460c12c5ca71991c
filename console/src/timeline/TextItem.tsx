import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { Api, TextEntry } from '../api/client.ts';
import { ResendDialog } from './ResendDialog.tsx';
import { shown } from './shown.ts';
import { TimeAndLink } from './TimeAndLink.tsx';
import { clockOf } from './times.ts';
import { canResend, statusWords, troubleOf } from './words.ts';

export interface ItemProps<E> {
  readonly api: Api;
  readonly conversation: string;
  readonly entry: E;
  readonly current: boolean;
  /** Takes up an entry as an answer showed it. */
  readonly show: (entry: TextEntry) => void;
}

export function TextItem({ api, conversation, entry, current, show }: ItemProps<TextEntry>) {
  const [asking, setAsking] = useState(false);
  const who = whoOf(entry);
  const trouble = troubleOf(entry);
  const resend = async () => {
    const message = await api.resend(conversation, entry.id, entry.resends ?? 0);
    show({ ...entry, resends: (entry.resends ?? 0) + 1 });
    show(message);
  };
  return (
    <article className={`text status-${entry.status ?? 'in'}`} aria-label={`${who}, ${clockOf(entry.at)}`}>
      <bdi className="text-words">{shown(entry.text)}</bdi>
      <footer>
        {who} ·{' '}
        <TimeAndLink conversation={conversation} entry={entry.id} at={entry.at} current={current}>
          {entry.resendOf !== undefined && ' · sent anew'}
          {entry.status !== undefined && <span className="status"> · {statusWords(entry)}</span>}
        </TimeAndLink>
      </footer>
      {trouble !== undefined && (
        <p className="trouble">
          {shown(trouble.why)} {(entry.resends ?? 0) > 0 ? 'It has been sent anew.' : trouble.what}
        </p>
      )}
      {canResend(entry) && <Button onPress={() => setAsking(true)}>Send anew…</Button>}
      <ResendDialog open={asking} close={() => setAsking(false)} entry={entry} resend={resend} />
    </article>
  );
}

function whoOf({ direction, author }: TextEntry): string {
  if (direction === 'inbound') return 'Subscriber';
  return author?.startsWith('bot:') ? 'Bot' : 'Agent';
}
