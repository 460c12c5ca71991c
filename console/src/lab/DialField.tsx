import { useId, useState } from 'react';
import { type Dial, patchOf, typed } from './dials.ts';
import { messageOf } from './useWorld.ts';

interface DialFieldProps {
  readonly dial: Dial;
  readonly change: (patch: object) => Promise<void>;
}

/** One dial: its name, what it means, and where it stands; what the world refuses it says beneath. */
export function DialField({ dial, change }: DialFieldProps) {
  const { way, words, range, value, standard } = dial;
  const [fault, setFault] = useState<string>();
  const id = useId();
  const turn = async (next: unknown) => {
    try {
      await change(patchOf(way, next));
      setFault(undefined);
    } catch (error) {
      setFault(messageOf(error));
    }
  };
  const told = { id, 'aria-describedby': `${id}-words`, 'aria-invalid': fault !== undefined };
  return (
    <div className={value === standard ? 'dial' : 'dial dial-turned'}>
      <label htmlFor={id}>{way.slice(way.length > 1 ? 1 : 0).join('.')}</label>
      <Field dial={dial} told={told} turn={(next) => void turn(next)} />
      <p id={`${id}-words`} className="quiet">
        {words.replaceAll('`', '')} {range !== undefined && `${range}.`}{' '}
        {value !== standard && `By default ${standard ?? 'not set'}.`}
      </p>
      {fault !== undefined && (
        <p className="lab-error" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

interface FieldProps {
  readonly dial: Dial;
  readonly told: { readonly id: string; readonly 'aria-describedby': string; readonly 'aria-invalid': boolean };
  readonly turn: (value: unknown) => void;
}

function Field({ dial, told, turn }: FieldProps) {
  const { kind, choices, value } = dial;
  if (kind === 'switch')
    return (
      <input {...told} type="checkbox" checked={value === true} onChange={(event) => turn(event.target.checked)} />
    );
  if (kind === 'choice')
    return (
      <select {...told} value={String(value)} onChange={(event) => turn(event.target.value)}>
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    );
  const now = value === undefined ? '' : String(value);
  return (
    <input
      {...told}
      key={now}
      inputMode={kind === 'number' ? 'decimal' : 'text'}
      autoComplete="off"
      defaultValue={now}
      onBlur={({ target }) => {
        if (target.value !== now) turn(typed(dial, target.value));
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}
