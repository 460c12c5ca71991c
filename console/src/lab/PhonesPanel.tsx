import { type FormEvent, useState } from 'react';
import { Button, Input, Label, TextField } from 'react-aria-components';
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
export function PhonesPanel({ api, world, again }: PanelProps) {
  const [own, setOwn] = useState(remembered);
  const [wanted, setWanted] = useState('');
  const keep = (numbers: readonly string[]) => {
    setOwn(numbers);
    localStorage.setItem(storedAs, JSON.stringify(numbers));
  };
  const add = (event: FormEvent) => {
    event.preventDefault();
    const number = `+${wanted.replace(/\D/g, '')}`;
    if (/^\+[1-9]\d{6,14}$/.test(number)) {
      keep([...new Set([...own, number])]);
      setWanted('');
    }
  };
  return (
    <div className="lab-phones">
      <form className="lab-add" onSubmit={add}>
        <TextField value={wanted} onChange={setWanted} type="tel">
          <Label>Another phone</Label>
          <Input placeholder="+14255550124" />
        </TextField>
        <Button type="submit">Add</Button>
      </form>
      <ul className="lab-phone-list">
        {subscribersIn(world, own).map((number) => (
          <li key={number}>
            <Phone api={api} world={world} again={again} number={number} />
          </li>
        ))}
      </ul>
    </div>
  );
}
