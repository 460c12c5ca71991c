import { type FormEvent, useState } from 'react';
import { Button, Input, TextField } from 'react-aria-components';
import type { LabApi, Said, WorldCall } from './adminApi.ts';

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

/** How many lines of what was said are shown. */
const lines = 6;

const inWords = ({ text, ssml, file, tones }: Said): string =>
  text ?? ssml?.replace(/<[^>]*>/g, ' ').trim() ?? (file && `♪ ${file.split('/').at(-1)}`) ?? tones?.join(' ') ?? '';

/** A call on a telephone: what the bot says as it says it, a keypad, and a line to speak by typing. */
export function CallScreen({ api, call, number, attempt }: CallScreenProps) {
  const [speech, setSpeech] = useState('');
  const rings = call.state === 'ringing';
  const over = call.endedAt !== undefined;
  const asked = rings && call.participants.some(({ who, state }) => who === number && state === 'ringing');
  const speak = (event: FormEvent) => {
    event.preventDefault();
    if (speech.trim() === '') return;
    const text = speech;
    setSpeech('');
    void attempt(() => api.say(call.id, text));
  };
  return (
    <section className="phone-call" aria-label={`Call of ${number}`}>
      <p role="status">
        {over ? `Call ended (${call.endedBy ?? 'over'})` : rings ? 'Ringing…' : `On the line (${call.state})`}
      </p>
      <ol className="phone-said" aria-label="What was said" aria-live="polite">
        {call.said.slice(-lines).map((said) => (
          <li key={`${said.at} ${inWords(said)}`}>{inWords(said)}</li>
        ))}
      </ol>
      {asked && (
        <div className="phone-buttons">
          <Button onPress={() => void attempt(() => api.pickUp(call.id, 'answer'))}>Answer</Button>
          <Button onPress={() => void attempt(() => api.pickUp(call.id, 'decline'))}>Decline</Button>
          <Button onPress={() => void attempt(() => api.pickUp(call.id, 'busy'))}>Busy</Button>
        </div>
      )}
      {!over && !rings && (
        <>
          <div className="keypad">
            {keypad.map(([key, tone]) => (
              <Button key={tone} aria-label={`Key ${key}`} onPress={() => void attempt(() => api.press(call.id, tone))}>
                {key}
              </Button>
            ))}
          </div>
          <form className="phone-write" onSubmit={speak}>
            <TextField value={speech} onChange={setSpeech} aria-label={`Say something from ${number}`}>
              <Input placeholder="Say something" autoComplete="off" />
            </TextField>
            <Button type="submit">Say</Button>
          </form>
        </>
      )}
      {!over && (
        <Button className="hang-up" onPress={() => void attempt(() => api.hangUp(call.id))}>
          Hang up
        </Button>
      )}
    </section>
  );
}
