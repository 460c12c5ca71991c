import { useState } from 'react';
import type { Api } from '../api/client.ts';
import { useEvery } from '../app/useEvery.ts';
import { Conversation } from '../timeline/Conversation.tsx';
import { conversationOf } from './conversationOf.ts';
import { messageOf } from './useWorld.ts';

interface AgentViewProps {
  readonly app: Api;
  readonly service: string;
  readonly subscriber: string;
}

/** The conversation of two numbers, as the console shows it to an agent. */
export function AgentView({ app, service, subscriber }: AgentViewProps) {
  const [id, setId] = useState<string>();
  const [fault, setFault] = useState<string>();
  useEvery(
    2_000,
    async () => {
      if (id !== undefined) return;
      try {
        setId(await conversationOf(app, service, subscriber));
        setFault(undefined);
      } catch (failed) {
        setFault(messageOf(failed));
        throw failed;
      }
    },
    `${service} ${subscriber}`,
  );
  return (
    <section className="lab-agent" aria-label={`What the agent sees of ${subscriber}`}>
      {id !== undefined && <Conversation key={id} api={app} id={id} />}
      {id === undefined && <p className="lab-hint">{fault ?? 'No conversation yet: nothing has reached the app.'}</p>}
    </section>
  );
}
