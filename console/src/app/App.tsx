import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { apiWith } from '../api/client.ts';
import { type ConsoleConfig, openSession, readConfig, type Session } from '../auth/session.ts';
import { forgetAll } from '../composer/kept.ts';
import { Inbox } from '../inbox/Inbox.tsx';
import { Conversation } from '../timeline/Conversation.tsx';
import { goTo, usePlace } from './place.ts';
import { SignIn } from './SignIn.tsx';
import { useArrival } from './useArrival.ts';
import './app.css';

const Lab = lazy(() => import('../lab/Lab.tsx'));

type Opened =
  | { readonly type: 'opening' }
  | { readonly type: 'failed'; readonly reason: string }
  | { readonly type: 'signed-out'; readonly config: ConsoleConfig }
  | { readonly type: 'signed-in'; readonly config: ConsoleConfig; readonly session: Session };

async function open(): Promise<Opened> {
  try {
    const config = await readConfig();
    const session = await openSession(config);
    return session === undefined ? { type: 'signed-out', config } : { type: 'signed-in', config, session };
  } catch (error) {
    return { type: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Who has come decides what there is to see. */
export function App() {
  const [opened, setOpened] = useState<Opened>({ type: 'opening' });
  useEffect(() => {
    void open().then(setOpened);
  }, []);
  switch (opened.type) {
    case 'opening':
      return <p className="notice">Opening…</p>;
    case 'failed':
      return (
        <main className="notice">
          <h1>Switchboard</h1>
          <p role="alert">{opened.reason}</p>
          <Button onPress={() => location.assign('/console/')}>Try again</Button>
        </main>
      );
    case 'signed-out':
      return (
        <main className="notice">
          <h1>Switchboard</h1>
          <p>Texts and calls of your business, and who answers them.</p>
          <SignIn config={opened.config} />
        </main>
      );
    case 'signed-in':
      return <Console config={opened.config} session={opened.session} />;
  }
}

interface ConsoleProps {
  readonly config: ConsoleConfig;
  readonly session: Session;
}

function Console({ config, session }: ConsoleProps) {
  const place = usePlace();
  const main = useRef<HTMLElement>(null);
  useArrival(place, main);
  const [ended, setEnded] = useState(false);
  const [fault, setFault] = useState<string>();
  const api = useMemo(() => apiWith(session.token, () => setEnded(true)), [session]);
  const signOut = () => {
    forgetAll();
    session.signOut().catch(() => setFault('The sign-in could not be reached to sign you out. Try again.'));
  };
  return (
    <div className={`console console-${place.at}`}>
      <header className="top">
        <a
          href="/console/"
          onClick={(event) => {
            event.preventDefault();
            goTo({ at: 'inbox' });
          }}
        >
          <strong>Switchboard</strong>
        </a>
        <nav aria-label="Parts of the console">
          <Button aria-current={place.at === 'lab' ? 'false' : 'page'} onPress={() => goTo({ at: 'inbox' })}>
            Inbox
          </Button>
          {config.lab !== undefined && (
            <Button aria-current={place.at === 'lab' ? 'page' : 'false'} onPress={() => goTo({ at: 'lab' })}>
              Lab
            </Button>
          )}
        </nav>
        <span className="who">{session.name}</span>
        <Button onPress={signOut}>Sign out</Button>
        {fault !== undefined && (
          <p className="fault" role="alert">
            {fault}
          </p>
        )}
        {ended && (
          <p className="fault" role="alert">
            Your sign-in has run out. What you wrote is kept. <SignIn config={config} />
          </p>
        )}
      </header>
      {place.at === 'lab' && config.lab !== undefined ? (
        <main ref={main} tabIndex={-1} className="only">
          <Suspense fallback={<p className="notice">Opening…</p>}>
            <Lab world={config.lab} app={api} />
          </Suspense>
        </main>
      ) : (
        <main ref={main} tabIndex={-1} className="panes">
          <Inbox api={api} chosen={place.at === 'conversation' ? place.id : undefined} role={config.agentRole} />
          {place.at === 'conversation' ? (
            <Conversation key={place.id} api={api} id={place.id} entry={place.entry} />
          ) : (
            <p className="notice">Choose a conversation.</p>
          )}
        </main>
      )}
    </div>
  );
}
