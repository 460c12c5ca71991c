import { Button } from 'react-aria-components';
import type { Outgoing } from '../composer/outbox.ts';
import { shown } from './shown.ts';

interface OutgoingProps {
  readonly outgoing: Outgoing;
  readonly again: (outgoing: Outgoing) => void;
  readonly putAway: (outgoing: Outgoing) => void;
  /** Puts its words back into the composer. */
  readonly takeBack: (outgoing: Outgoing) => void;
}

/** A message of which the app has not said that it took it. */
export function OutgoingItem({ outgoing, again, putAway, takeBack }: OutgoingProps) {
  const { text, state, fault } = outgoing;
  return (
    <li className="entry entry-message entry-outbound">
      <article className={`text outgoing outgoing-${state}`} aria-label="On its way">
        <bdi className="text-words">{shown(text)}</bdi>
        <footer role="status">
          {state === 'sending' && 'Agent · being sent'}
          {state === 'unclear' && `${fault} It may have been sent. Send again: it stays one text.`}
          {state === 'refused' && `Not sent: ${fault}`}
        </footer>
        {state !== 'sending' && (
          <p className="outgoing-acts">
            {state === 'unclear' && <Button onPress={() => again(outgoing)}>Send again</Button>}
            {state === 'refused' && <Button onPress={() => takeBack(outgoing)}>Edit</Button>}
            <Button onPress={() => putAway(outgoing)}>Put away</Button>
          </p>
        )}
      </article>
    </li>
  );
}
