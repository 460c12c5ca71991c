import { expect, test } from 'vitest';
import { keepRecording, type ReadyRecording } from '../../shared/calls/keepRecording.ts';
import { readWav, writeWav } from '../../shared/calls/wav.ts';
import { callView } from '../../shared/conversations/callView.ts';
import { AppError } from '../../shared/core/errors.ts';
import { callWorld } from './callWorld.ts';
import { first, leftAt, places, put, second, twice } from './messages.ts';
import { pcm, silentWav } from './silentWav.ts';

/** A call on which two messages were left, and at the provider the files that they are made of. */
async function recorded(files: Readonly<Record<string, Uint8Array>> = {}) {
  const world = callWorld({ caller: [{ keys: '4' }, { keys: '#' }, { keys: '#' }], playbook: twice });
  put(world.atProvider, files);
  await world.answer();
  await world.play();
  return {
    ...world,
    keep: (recording: ReadyRecording, services = world.services) => keepRecording(recording, services),
    view: async () => callView((await world.entry())!),
    sounds: () => [...world.kept.values()].map((wav) => [readWav(wav)!.milliseconds, new Set(readWav(wav)!.sound)]),
    left: () => leftAt(world.atProvider),
  };
}

test('a recording is taken over, and removed where it was; its event once more changes nothing', async () => {
  const world = await recorded({ a: silentWav(2_500) });
  for (let n = 0; n < 2; n++) {
    await world.keep(first('a'));
    const { recording, recordings, recordingLost } = await world.view();
    expect([recording, recordingLost]).toEqual([recordings[0], undefined]);
    expect(recordings).toMatchObject([{ seconds: 3, bytes: 80_044 }]);
    expect(world.left()).toEqual([]);
    world.atProvider.clear();
  }
});

test('parts of one format become one recording, in their order', async () => {
  const world = await recorded({ a: silentWav(1_000, 1), b: silentWav(500, 2), c: silentWav(250, 3) });
  await world.keep(first('a', 'b', 'c'));
  expect(world.sounds()).toEqual([[1_750, new Set([1, 2, 3])]]);
  const [wav] = world.kept.values();
  expect([...readWav(wav!)!.sound].indexOf(2)).toBe(32_000);
  expect(world.left()).toEqual([]);
});

const stereo = writeWav(pcm(2), [new Uint8Array(64_000)]);
const tooLarge = writeWav(pcm(), [new Uint8Array(32_000_001)]);

test.each<[string, Record<string, Uint8Array>, string[], number[], string[]]>([
  [
    'the middle one is gone',
    { a: silentWav(1_000), c: silentWav(500) },
    ['Part 2 of 3', 'no longer had it'],
    [1_500],
    [],
  ],
  [
    'one is of another format',
    { a: silentWav(1_000), b: stereo, c: silentWav(500) },
    ['Part 2 of 3', 'its format is another'],
    [1_500],
    ['b'],
  ],
  [
    'one is no WAV file',
    { a: Buffer.from('<html>'), b: silentWav(500), c: silentWav(250) },
    ['Part 1 of 3', 'no WAV file'],
    [750],
    ['a'],
  ],
  [
    'one is too large',
    { a: silentWav(1_000), b: tooLarge, c: silentWav(500) },
    ['Part 2 of 3', 'too large'],
    [1_500],
    ['b'],
  ],
  ['all are gone', {}, ['Part 1 of 3', 'Part 3 of 3'], [], []],
])(
  'of three parts, when %s, the rest is kept, that is said, and nothing else is removed',
  async (_, files, said, kept, left) => {
    const world = await recorded(files);
    for (let n = 0; n < 2; n++) {
      await world.keep(first('a', 'b', 'c'));
      for (const words of said) expect((await world.view()).recordingLost).toContain(words);
      expect(world.sounds().map(([length]) => length)).toEqual(kept);
      expect(world.left()).toEqual(left);
    }
  },
);

test.each([
  ['is gone', undefined, 'no longer had'],
  ['is no WAV file', Buffer.from('<html>'), 'no WAV file'],
  ['is cut short', silentWav(2_500).slice(0, 1_000), 'no WAV file'],
  ['is too large', tooLarge, 'too large'],
])('a recording that %s is said to be lost; a later event that still finds it wins', async (_, bytes, said) => {
  const world = await recorded(bytes && { a: bytes });
  await world.keep(first('a'));
  expect(await world.view()).toMatchObject({ recordings: [], recordingLost: expect.stringContaining(said) });
  world.atProvider.set(places('a').contentLocation, silentWav(1_000));
  await world.keep(first('a'));
  expect(await world.view()).toMatchObject({ recordings: [{ seconds: 1 }], recordingLost: undefined });
});

test('while one part cannot be fetched nothing is kept and nothing removed, and it is tried again', async () => {
  const world = await recorded({ a: silentWav(1_000), b: silentWav(1_000) });
  const { fetch } = world.services.recordingSource;
  let failures = 1;
  const failing = async (location: string) => {
    if (location.includes('/b/') && failures-- > 0) throw new AppError('unavailable', '503');
    return fetch(location);
  };
  const services = { ...world.services, recordingSource: { ...world.services.recordingSource, fetch: failing } };
  await expect(world.keep(first('a', 'b'), services)).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  expect([world.kept.size, world.left().length]).toEqual([0, 2]);
  await world.keep(first('a', 'b'), services);
  expect(world.sounds().map(([length]) => length)).toEqual([2_000]);
});

test.each([
  ['as they were made', [first('a'), second('b')]],
  ['the second first', [second('b'), first('a')]],
  ['again and again', [second('b'), first('a'), second('b'), first('a')]],
])('two messages on one call are both kept, their events %s', async (_, events) => {
  const world = await recorded({ a: silentWav(1_000), b: silentWav(2_000) });
  for (const event of events) await world.keep(event);
  expect((await world.view()).recordings.map(({ seconds }) => seconds)).toEqual([1, 2]);
  expect([world.kept.size, world.left()]).toEqual([2, []]);
});

test('two deliveries of one event at once keep it whole', async () => {
  const world = await recorded({ a: silentWav(1_000, 1), b: silentWav(1_000, 2) });
  await Promise.all([world.keep(first('a', 'b')), world.keep(first('a', 'b')), world.keep(second())]);
  expect((await world.view()).recordings).toMatchObject([{ seconds: 2 }]);
});

test('one that is slower than another finds it gone, and spoils nothing', async () => {
  const world = await recorded({ a: silentWav(1_000), b: silentWav(1_000) });
  const { fetch } = world.services.recordingSource;
  // By the time the second part is fetched, somebody else has taken it all over.
  const slow = async (location: string) => {
    const bytes = await fetch(location);
    if (!location.includes('/b/')) return bytes;
    await world.keep(first('a', 'b'));
    return undefined;
  };
  await world.keep(first('a', 'b'), {
    ...world.services,
    recordingSource: { ...world.services.recordingSource, fetch: slow },
  });
  expect(await world.view()).toMatchObject({ recordings: [{ seconds: 2 }], recordingLost: undefined });
  expect(world.sounds().map(([length]) => length)).toEqual([2_000]);
});

test('what was erased meanwhile is kept nowhere', async () => {
  const world = await recorded({ a: silentWav(1_000) });
  await world.services.recordings.keep({ ...world.ref, recording: 'left-by-a-death!' as never }, silentWav(10));
  await world.services.erasure.removeEntries(world.conversation, world.ring.at);
  await world.keep(first('a'));
  expect([world.kept.size, world.left()]).toEqual([0, []]);
});

test('a recording of a call that we know nothing of is not ours to remove', async () => {
  const world = await recorded({ a: silentWav(1_000) });
  await expect(world.keep({ ...first('a'), serverCallId: 'other' })).rejects.toMatchObject({ code: 'not-found' });
  expect(world.left()).toHaveLength(1);
});

const day = 24 * 3_600_000;

test('a recording that nobody tells of is said to be lost when the provider has it no longer', async () => {
  const world = await recorded({ a: silentWav(1_000), b: silentWav(2_000) });
  await world.keep(first('a'));
  await pass(world, day);
  expect(await world.view()).toMatchObject({ recordings: [{ seconds: 1 }], recordingLost: undefined });
  await pass(world, 2 * 3_600_000);
  expect(await world.view()).toMatchObject({
    recordings: [{ seconds: 1 }],
    recordingLost: expect.stringContaining('never said that it was ready'),
  });
  expect(world.wakes).toEqual([]);
  // It comes after all, and is still there.
  await world.keep(second('b'));
  expect(await world.view()).toMatchObject({ recordings: [{ seconds: 1 }, { seconds: 2 }], recordingLost: undefined });
});

test('where every recording was told of, or none was made, nobody waits', async () => {
  const world = await recorded({ a: silentWav(1_000) });
  await world.keep(first('a'));
  await world.keep(second('b'));
  const told = await world.view();
  await pass(world, 60_000);
  expect(world.wakes).toEqual([]);
  expect(await world.view()).toEqual(told);
});

/** Time passes; whoever is to look at the call does. */
async function pass(world: Awaited<ReturnType<typeof recorded>>, ms: number): Promise<void> {
  const end = world.now() + ms;
  for (;;) {
    const [due] = world.wakes.toSorted((a, b) => a.at - b.at);
    if (due === undefined || due.at > end) break;
    world.wakes.splice(world.wakes.indexOf(due), 1);
    await world.advance(Math.max(0, due.at - world.now()));
    await world.wake(due.wake);
  }
  await world.advance(end - world.now());
}
