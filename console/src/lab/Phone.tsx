import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Button, Input, TextField } from 'react-aria-components';
import { CallScreen } from './CallScreen.tsx';
import { bubblesOf, callOf, type PanelProps } from './world.ts';

const ticks: Readonly<Record<string, string>> = {
  accepted: 'on its way',
  delivered: 'delivered ✓',
  failed: 'not delivered',
  carrier: 'from the carrier',
};

/** A subscriber's telephone: texts to and from one service number at a time, and calls. */
export function Phone({ api, world, again, number }: PanelProps & { readonly number: string }) {
  const [service, setService] = useState(world.numbers[0]?.number ?? '');
  const [draft, setDraft] = useState('');
  const [fault, setFault] = useState<string>();
  const bubbles = bubblesOf(world, number, service);
  const call = callOf(world, number, service);
  const list = useRef<HTMLOListElement>(null);
  const count = bubbles.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a bubble more is what scrolls
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [count]);
  const attempt = async (act: () => Promise<unknown>) => {
    try {
      await act();
      setFault(undefined);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
    again();
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (draft.trim() === '') return;
    const text = draft;
    setDraft('');
    void attempt(() => api.text(number, service, text));
  };
  const talking = call !== undefined && call.endedAt === undefined;
  return (
    <article className="phone" aria-label={`Phone ${number}`}>
      <header className="phone-head">
        <strong>{number}</strong>
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
      </header>
      {call !== undefined && <CallScreen api={api} call={call} number={number} attempt={attempt} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach it */}
      <ol tabIndex={0} className="phone-texts" ref={list} aria-label={`Texts with ${service}`}>
        {bubbles.map(({ id, mine, text, status }) => (
          <li key={id} className={mine ? 'bubble bubble-mine' : 'bubble'}>
            <bdi>{text}</bdi>
            {status !== undefined && <small>{ticks[status] ?? status}</small>}
          </li>
        ))}
      </ol>
      {fault !== undefined && (
        <p className="lab-error" role="alert">
          {fault}
        </p>
      )}
      <form className="phone-write" onSubmit={send}>
        <TextField value={draft} onChange={setDraft} aria-label={`Text from ${number}`}>
          <Input placeholder="Text message" autoComplete="off" />
        </TextField>
        <Button type="submit">Send</Button>
      </form>
    </article>
  );
}
