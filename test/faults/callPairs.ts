import type { Pair } from './pairs.ts';
import type { Stage } from './stage.ts';
import { untroubled } from './wire.ts';

const second = 1_000;
const link = { 'Press.': 'one' };
const answered = ['l delivered 1, answered'];

/** A call whose callbacks are kept from some moment on, and the callback that is there by then. */
async function held(stage: Stage): Promise<void> {
  stage.door.holding = true;
  await stage.ring(link);
  await stage.time.advance(3 * second);
}

/** Has workers take a callback that was kept, so often; what comes of it is kept on. */
function deliverHeld({ door }: Stage, label: string, times: number): void {
  const callback = door.held.splice(0).find((each) => each.label === label);
  for (let n = 0; n < times; n++) door.begin(callback!);
}

/** Looks after the call now, as a wake does. */
async function wake({ time, crew, eyes, conversation }: Stage): Promise<void> {
  const [call] = eyes.calls;
  const ref = { conversation, key: call!.key };
  time.start(async () => {
    await crew.call({ label: 'a wake', act: (services, uses) => uses.watchCall(ref, services) });
  });
}

export const callPairs: readonly Pair[] = [
  {
    name: 'the same ring twice',
    async before(stage) {
      stage.grid.holding = true;
      stage.door.holding = true;
      await stage.ring(link);
    },
    async act({ grid }) {
      for (const event of grid.release()) for (let n = 0; n < 2; n++) grid.begin(event);
    },
    alike: true,
    ends: answered,
  },
  {
    name: 'the same callback twice',
    before: held,
    act: async (stage) => deliverHeld(stage, 'callback CallConnected of 1', 2),
    alike: true,
    ends: answered,
  },
  {
    name: 'the same key twice, which brings a text',
    async before(stage) {
      await stage.ring(link);
      await stage.time.advance(second);
      stage.door.holding = true;
      await stage.time.advance(2 * second);
    },
    act: async (stage) => deliverHeld(stage, 'callback RecognizeCompleted of 2', 2),
    alike: true,
    ends: answered,
    most: 12,
  },
  {
    name: 'a key and the wake of a question that nobody knows to have been asked',
    async before(stage) {
      stage.crew.disturb({
        of: 'callback CallConnected',
        treat: ({ name }) => (name.endsWith(':recognize') ? { carried: true, heard: 'dies' } : untroubled),
      });
      await stage.ring(link);
      await stage.time.advance(second);
      stage.door.holding = true;
      await stage.time.advance(10 * second);
    },
    async act(stage) {
      deliverHeld(stage, 'callback RecognizeCompleted of 2', 1);
      await wake(stage);
    },
    ends: answered,
    repeats: true,
    most: 12,
  },
];
