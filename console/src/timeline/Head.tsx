import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { Api, Conversation } from '../api/client.ts';
import { goTo } from '../app/place.ts';
import { flagWords } from '../inbox/words.ts';
import { EraseDialog } from './EraseDialog.tsx';
import { clockOf } from './times.ts';

interface HeadProps {
  readonly api: Api;
  readonly conversation: Conversation;
  readonly act: (what: () => Promise<unknown>) => Promise<void>;
  /** The conversation is no more. */
  readonly erased: () => void;
}

/** Who it is with, who answers, and what can be done about it as a whole. */
export function Head({ api, conversation, act, erased }: HeadProps) {
  const { id, subscriber, service, mode, modeUntil, flags, consent } = conversation;
  const [erasing, setErasing] = useState(false);
  const answers =
    mode === 'bot' ? 'the bot answers' : `an agent answers${modeUntil ? ` until ${clockOf(modeUntil)}` : ''}`;
  const erase = async () => {
    await api.erase(id);
    erased();
  };
  return (
    <header className="conversation-head">
      <Button className="back" aria-label="Back to the inbox" onPress={() => goTo({ at: 'inbox' })}>
        ←
      </Button>
      <div className="conversation-who">
        <h2>
          <bdi>{subscriber}</bdi>
        </h2>
        <p className="quiet">
          with {service}
          {consent === 'revoked' && ' · opted out'} · {answers}
        </p>
      </div>
      <div className="conversation-acts">
        <Button onPress={() => void act(() => api.update(id, { mode: mode === 'agent' ? 'bot' : 'agent' }))}>
          {mode === 'agent' ? 'Hand back to the bot' : 'Take over'}
        </Button>
        <Button onPress={() => void act(() => download(api, id))}>Export</Button>
        <Button onPress={() => setErasing(true)}>Erase…</Button>
      </div>
      {flags.map((flag) => (
        <p key={flag} className="flag">
          <span>{flagWords[flag]}</span>
          <Button onPress={() => void act(() => api.update(id, { settle: [flag] }))}>Seen to</Button>
        </p>
      ))}
      <EraseDialog open={erasing} close={() => setErasing(false)} erase={erase} who={subscriber} />
    </header>
  );
}

/** As a file of the browser's; the token goes in a header and in no address. */
async function download(api: Api, id: string): Promise<void> {
  const file = new Blob([JSON.stringify(await api.export(id), undefined, 2)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `conversation-${id}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
