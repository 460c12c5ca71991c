import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Button, Input, TextField, ToggleButton } from 'react-aria-components';
import { AgentView } from './AgentView.tsx';
import { CallScreen } from './CallScreen.tsx';
import { useAttempt } from './useAttempt.tsx';
import { type Bubble, bubblesOf, callOf, type PanelProps, serviceOf } from './world.ts';

const ticks: Readonly<Record<Bubble['status'], string>> = {
  waiting: '✓ on its way to the app',
  taken: '✓✓ the app has it',
  lost: 'given up: the app does not have it',
  accepted: '✓ on its way',
  delivered: '✓✓ delivered',
  failed: 'sent, and never arrived',
  blocked: 'kept back',
  carrier: 'from the carrier',
};

interface PhoneProps extends PanelProps {
  readonly number: string;
  /** Takes the telephone off the page; absent where it would come back. */
  readonly putAway?: (() => void) | undefined;
}

/** A subscriber's telephone: texts to and from one service number at a time, and calls. */
export function Phone({ api, app, world, again, number, putAway }: PhoneProps) {
  const [beside, setBeside] = useState(false);
  const [service, setService] = useState(() => serviceOf(world, number));
  const [draft, setDraft] = useState('');
  const { attempt, fault } = useAttempt(again);
  const bubbles = bubblesOf(world, number, service);
  const call = callOf(world, number);
  const list = useRef<HTMLOListElement>(null);
  const count = bubbles.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a bubble more is what scrolls
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [count]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (draft.trim() === '') return;
    const text = draft;
    setDraft('');
    void attempt(() => api.text(number, service, text));
  };
  const talking = call !== undefined && call.endedAt === undefined;
  const phone = (
    <article className="phone" aria-label={`Phone ${number}`}>
      <header className="phone-head">
        <strong>{number}</strong>
        {putAway !== undefined && (
          <Button aria-label={`Put ${number} away`} onPress={putAway}>
            ×
          </Button>
        )}
        <label>
          with{' '}
          <select value={service} onChange={(event) => setService(event.target.value)}>
            {world.numbers.map((each) => (
              <option key={each.number} value={each.number}>
                {each.number} ({each.kind})
              </option>
            ))}
          </select>
        </label>
        <Button isDisabled={talking} onPress={() => void attempt(() => api.call(number, service))}>
          Call
        </Button>
        <ToggleButton isSelected={beside} onChange={setBeside}>
          What the agent sees
        </ToggleButton>
      </header>
      {call !== undefined && <CallScreen api={api} call={call} number={number} attempt={attempt} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach it */}
      <ol tabIndex={0} className="phone-texts" ref={list} aria-label={`Texts with ${service}`}>
        {bubbles.map(({ id, mine, text, status }) => (
          <li key={id} className={mine ? 'bubble bubble-mine' : 'bubble'}>
            <bdi>{text}</bdi>
            <small>{ticks[status]}</small>
          </li>
        ))}
      </ol>
      {fault}
      <form className="phone-write" onSubmit={send}>
        <TextField value={draft} onChange={setDraft} aria-label={`Text from ${number}`}>
          <Input placeholder="Text message" autoComplete="off" />
        </TextField>
        <Button type="submit">Send</Button>
      </form>
    </article>
  );
  return (
    <div className={beside ? 'lab-pair' : undefined}>
      {phone}
      {beside && <AgentView key={service} app={app} service={service} subscriber={number} />}
    </div>
  );
}
