import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import type { Entry } from '../api/client.ts';
import { Beginning } from './Beginning.tsx';
import type { Loaded } from './store.ts';
import { clockOf, dayOf } from './times.ts';
import { useScroll } from './useScroll.ts';
import { elementOf, useTarget } from './useTarget.ts';

interface TimelineProps {
  readonly loaded: Loaded;
  /** The entry that the address names. */
  readonly target: string | undefined;
  readonly older: () => Promise<void>;
  readonly olderFault: string | undefined;
  /** Whether the reader sees the latest entry. */
  readonly reading: (atEnd: boolean) => void;
  /** How many times the reader has sent something: each leads to the end. */
  readonly sends: number;
  readonly item: (entry: Entry, current: boolean) => ReactNode;
  /** What stands after the entries. */
  readonly children: ReactNode;
}

/** Entries, oldest first, under their days. One of them is in the order of Tab, and arrow keys lead from one to the next. */
export function Timeline({ loaded, target, older, olderFault, reading, sends, item, children }: TimelineProps) {
  const { entries, cursor } = loaded;
  const list = useRef<HTMLOListElement>(null);
  const [focused, setFocused] = useState<string>();
  const last = entries.at(-1)?.id;
  const first = entries[0] && elementOf(entries[0].id);
  const scroll = useScroll(list, {
    ...(first !== undefined && { first }),
    ...(last !== undefined && { last }),
    startsAtEnd: target === undefined,
  });
  const found = useTarget(target, loaded, older);
  const current = entries.some(({ id }) => id === focused) ? focused : last;
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when it changes
  useEffect(() => reading(scroll.atEnd), [scroll.atEnd]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a send is the only reason
  useEffect(() => {
    if (sends > 0) scroll.toEnd();
  }, [sends]);
  return (
    <div className="timeline-frame">
      {found === 'missing' && (
        <p className="fault" role="status">
          The entry that this address names is not here. It was erased, or the address is not whole.
        </p>
      )}
      <ol ref={list} className="timeline" aria-label="Timeline" onScroll={scroll.onScroll} onKeyDown={step}>
        <Beginning list={list} more={cursor !== undefined} first={first} older={older} fault={olderFault} />
        {entries.map((entry, n) => {
          const day = dayOf(entry.at);
          const before = entries[n - 1];
          return (
            <li key={entry.id} className={`entry entry-${entry.type} entry-${entry.direction}`}>
              {(before === undefined || dayOf(before.at) !== day) && <h3 className="day">{day}</h3>}
              {/* biome-ignore lint/a11y/noStaticElementInteractions: it only notes where the focus is */}
              <div
                id={elementOf(entry.id)}
                data-entry
                className={entry.id === target ? 'entry-place entry-marked' : 'entry-place'}
                tabIndex={entry.id === current ? 0 : -1}
                onFocus={() => setFocused(entry.id)}
              >
                {item(entry, entry.id === current)}
              </div>
            </li>
          );
        })}
        {children}
      </ol>
      <Arrivals latest={entries.at(-1)} />
      {scroll.below && (
        <Button className="below" onPress={scroll.toEnd}>
          New below ↓
        </Button>
      )}
    </div>
  );
}

/** Tells who cannot see the list that something new stands in it. */
function Arrivals({ latest }: { readonly latest: Entry | undefined }) {
  const [known] = useState(latest?.id);
  const isNew = latest !== undefined && latest.id !== known && latest.direction === 'inbound';
  return (
    <p className="hidden" role="status">
      {isNew && `${latest.type === 'call' ? 'A call' : 'A text'} from the subscriber, ${clockOf(latest.at)}`}
    </p>
  );
}

const steps: Readonly<Record<string, (at: number, length: number) => number>> = {
  ArrowUp: (at) => at - 1,
  ArrowDown: (at) => at + 1,
  Home: () => 0,
  End: (_, length) => length - 1,
};

/** Arrow keys, Home and End on an entry; what is within it keeps its own keys. */
function step(event: KeyboardEvent<HTMLElement>): void {
  const to = steps[event.key];
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-entry]')];
  const at = all.indexOf(event.target as HTMLElement);
  if (to === undefined || at < 0) return;
  event.preventDefault();
  const next = all[to(at, all.length)];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'nearest' });
}
