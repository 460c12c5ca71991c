import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Button, Input, TextField } from 'react-aria-components';
import type { LabApi, WorldCall } from './adminApi.ts';
import { saidInWords } from './world.ts';

interface CallScreenProps {
  readonly api: LabApi;
  readonly call: WorldCall;
  readonly number: string;
  readonly attempt: (act: () => Promise<unknown>) => Promise<void>;
}

const keypad: readonly (readonly [key: string, tone: string])[] = [
  ['1', 'one'],
  ['2', 'two'],
  ['3', 'three'],
  ['4', 'four'],
  ['5', 'five'],
  ['6', 'six'],
  ['7', 'seven'],
  ['8', 'eight'],
  ['9', 'nine'],
  ['*', 'asterisk'],
  ['0', 'zero'],
  ['#', 'pound'],
];

/** How a call stands for one of those on it. */
function standing({ state, endedAt, endedBy, waitsFor, from, to }: WorldCall, number: string, leg: string | undefined) {
  const other = from === number ? to : from;
  // Of a telephone the wire says "4:" and its number.
  if (endedAt !== undefined) return `Call ended: ${endedBy?.replace(/^4:/, '') ?? 'over'} (with ${other})`;
  if (leg === 'ringing') return `${other} is calling…`;
  if (state === 'ringing') return `Ringing at ${other}…`;
  const listens = waitsFor.some((kind) => kind.startsWith('recognize'));
  return `On the line with ${other}${listens ? ', which is listening' : ''}`;
}

/** A call on a telephone: what the bot says as it says it, a keypad, and a line to speak by typing. */
export function CallScreen({ api, call, number, attempt }: CallScreenProps) {
  const leg = call.participants.findLast(({ who }) => who === number)?.state;
  const over = call.endedAt !== undefined;
  const here = !over && leg !== undefined && leg !== 'left';
  const said = useRef<HTMLOListElement>(null);
  const count = call.said.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a line more is what scrolls
  useEffect(() => {
    said.current?.scrollTo({ top: said.current.scrollHeight });
  }, [count]);
  return (
    <section
      className={leg === 'ringing' && !over ? 'phone-call phone-rings' : 'phone-call'}
      aria-label={`Call of ${number}`}
    >
      <p role="status">{standing(call, number, leg)}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach it */}
      <ol tabIndex={0} ref={said} className="phone-said" aria-label="What was said" aria-live="polite">
        {call.said.map((line) => (
          <li key={`${line.at} ${saidInWords(line)}`}>
            <bdi>{saidInWords(line)}</bdi>
          </li>
        ))}
      </ol>
      {here && leg === 'ringing' && (
        <div className="phone-buttons">
          <Button onPress={() => void attempt(() => api.pickUp(call.id, 'answer', number))}>Answer</Button>
          <Button onPress={() => void attempt(() => api.pickUp(call.id, 'decline', number))}>Decline</Button>
          <Button onPress={() => void attempt(() => api.pickUp(call.id, 'busy', number))}>Busy</Button>
        </div>
      )}
      {here && leg === 'connected' && <Keypad api={api} call={call} number={number} attempt={attempt} />}
      {here && leg !== 'ringing' && (
        <Button className="hang-up" onPress={() => void attempt(() => api.hangUp(call.id, number))}>
          Hang up
        </Button>
      )}
    </section>
  );
}

function Keypad({ api, call, number, attempt }: CallScreenProps) {
  const [speech, setSpeech] = useState('');
  const speak = (event: FormEvent) => {
    event.preventDefault();
    if (speech.trim() === '') return;
    setSpeech('');
    void attempt(() => api.say(call.id, speech, number));
  };
  return (
    <>
      <fieldset className="keypad" aria-label="Keypad">
        {keypad.map(([key, tone]) => (
          <Button
            key={tone}
            aria-label={`Key ${key}`}
            onPress={() => void attempt(() => api.press(call.id, tone, number))}
          >
            {key}
          </Button>
        ))}
      </fieldset>
      <form className="phone-write" onSubmit={speak}>
        <TextField value={speech} onChange={setSpeech} aria-label={`Say something from ${number}`}>
          <Input placeholder="Say something" autoComplete="off" />
        </TextField>
        <Button type="submit">Say</Button>
      </form>
    </>
  );
}
