import { type FormEvent, useState } from 'react';
import { Button, FieldError, Input, Label, TextField } from 'react-aria-components';
import { Phone } from './Phone.tsx';
import { type PanelProps, subscribersIn } from './world.ts';

const storedAs = 'switchboard.lab.phones';
const first = ['+14255550123'];

function remembered(): readonly string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(storedAs) ?? 'null');
    return Array.isArray(found) ? found.filter((each) => typeof each === 'string') : first;
  } catch {
    return first;
  }
}

/** As many telephones as are wanted; those of whom the world knows something are there by themselves. */
export function PhonesPanel(props: PanelProps) {
  const [own, setOwn] = useState(remembered);
  const [wanted, setWanted] = useState('');
  const [fault, setFault] = useState<string>();
  const keep = (numbers: readonly string[]) => {
    setOwn(numbers);
    localStorage.setItem(storedAs, JSON.stringify(numbers));
  };
  const add = (event: FormEvent) => {
    event.preventDefault();
    const number = `+${wanted.replace(/\D/g, '')}`;
    const isOne = /^\+[1-9]\d{6,14}$/.test(number);
    setFault(isOne ? undefined : 'A number is written +14255550124: a plus, the country, the number.');
    if (!isOne) return;
    keep([...new Set([number, ...own])]);
    setWanted('');
  };
  return (
    <div className="lab-phones">
      <form className="lab-add" onSubmit={add}>
        <TextField
          value={wanted}
          onChange={setWanted}
          type="tel"
          isInvalid={fault !== undefined}
          validationBehavior="aria"
        >
          <Label>Another phone</Label>
          <Input placeholder="+14255550124" />
          <FieldError>{fault}</FieldError>
        </TextField>
        <Button type="submit">Add</Button>
      </form>
      <ul className="lab-phone-list">
        {subscribersIn(props.world, own).map((number) => (
          <li key={number}>
            <Phone
              {...props}
              number={number}
              putAway={own.includes(number) ? () => keep(own.filter((each) => each !== number)) : undefined}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
