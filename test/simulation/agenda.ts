/** What is still to happen, at its virtual time. */
export interface Entry {
  readonly at: number;
  readonly order: number;
  act: (() => void) | undefined;
}

/** Time that passes only from one happening to the next; milliseconds since the run began. */
export interface Agenda {
  now(): number;
  after(ms: number, act: () => void): Entry;
  cancel(entry: Entry): void;
  /** Lets the next thing happen; `false` when nothing is left. Its promises go on before the next step is asked for. */
  step(): boolean;
}

/** A binary heap; of two things at one time the one that was entered first comes first, so that a run can be repeated. */
export function agenda(): Agenda {
  const heap: Entry[] = [];
  let now = 0;
  let orders = 0;

  function take(): Entry | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || first === last) return first;
    sink(heap, last);
    return first;
  }

  return {
    now: () => now,
    after(ms, act) {
      const entry = { at: now + ms, order: orders++, act };
      rise(heap, entry);
      return entry;
    },
    cancel(entry) {
      entry.act = undefined;
    },
    step() {
      for (let next = take(); next !== undefined; next = take()) {
        if (next.act === undefined) continue;
        now = next.at;
        next.act();
        return true;
      }
      return false;
    },
  };
}

const isBefore = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

function rise(heap: Entry[], entry: Entry): void {
  let place = heap.length;
  while (place > 0) {
    const parent = (place - 1) >> 1;
    const above = heap[parent]!;
    if (!isBefore(entry, above)) break;
    heap[place] = above;
    place = parent;
  }
  heap[place] = entry;
}

/** Puts an entry in the place of the first, which is taken, and lets it down to where it belongs. */
function sink(heap: Entry[], entry: Entry): void {
  let place = 0;
  for (let child = 1; child < heap.length; child = 2 * place + 1) {
    const right = heap[child + 1];
    if (right !== undefined && isBefore(right, heap[child]!)) child += 1;
    const below = heap[child]!;
    if (!isBefore(below, entry)) break;
    heap[place] = below;
    place = child;
  }
  heap[place] = entry;
}
