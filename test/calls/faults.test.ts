import { describe, expect, test } from 'vitest';
import { startCall } from '../../shared/calls/startCall.ts';
import { recordingsOf } from '../../shared/conversations/callRecordings.ts';
import { isFinished } from '../../shared/conversations/status.ts';
import { local, subscriber } from '../support/smsValues.ts';
import { faults } from './gate.ts';
import { first, leftAt, put, second, twice } from './messages.ts';
import { type PerformanceOptions, type Performed, perform } from './performance.ts';
import { silentWav } from './silentWav.ts';

const request = { service: local, subscriber, flow: 'reminder', agent: 'agent-1', idempotencyKey: 'key-1' };

const stories: Readonly<Record<string, PerformanceOptions>> = {
  'asks for a link by text': { caller: [{ keys: '2' }] },
  'hears the hours, then asks for the link': { caller: [{ keys: '1' }, { keys: '2' }] },
  'hangs up and gets a text': {},
  'is passed on': { caller: [{ keys: '3' }] },
  'is called by the bot': { caller: ['silence'], begin: (services) => startCall(request, services) },
  'leaves a message': {
    caller: [{ keys: '4' }, { keys: '#' }],
    recordings: [first('a')],
    prepare: ({ atProvider }) => put(atProvider, { a: silentWav(1_000) }),
  },
  'leaves two messages, told of in disorder, one in parts': {
    caller: [{ keys: '4' }, { keys: '#' }, { keys: '#' }],
    playbook: twice,
    recordings: [second('b', 'c'), first('a')],
    prepare: ({ atProvider }) => put(atProvider, { a: silentWav(1_000), b: silentWav(500), c: silentWav(500) }),
  },
};

/** What must hold whatever happened: answered once, ended, told, nothing twice, nothing left lying. */
async function judge({ world }: Performed, texts?: number): Promise<readonly string[]> {
  const wrong: string[] = [];
  const call = await world.entry();
  if (call?.outcome === undefined || call.endedAt === undefined) wrong.push('the call has no end on the timeline');
  if (call?.outcome === 'failed') wrong.push(`the call failed: ${call.endReason}`);
  if (call?.outcome === 'missed') wrong.push(`the call was missed: ${call.endReason}`);
  if (world.provider.state() === 'connected') wrong.push('the call still stands at the provider');
  const openings = world.provider.log.filter((line) => / (answer|create)$/.test(line)).length;
  if (openings !== 1) wrong.push(`answered, or made, ${openings} times`);
  for (const text of await world.outbound())
    if (!isFinished(text)) wrong.push(`a text is left ${JSON.stringify(text.text)}`);
  const left = new Map(world.sent.map(({ repeatabilityId, text }) => [repeatabilityId, text]));
  for (const text of new Set(left.values()))
    if ([...left.values()].filter((each) => each === text).length > 1) wrong.push(`${JSON.stringify(text)} left twice`);
  if (texts !== undefined && left.size !== texts) wrong.push(`${left.size} texts left, not ${texts}`);
  if (world.wakes.length > 0) wrong.push('wakes go on for ever');
  return wrong;
}

/** Every recording, whole, a second long, and nowhere else. */
async function areKept({ world }: Performed, { recordings = [] }: PerformanceOptions): Promise<boolean> {
  const call = await world.entry();
  const told = call === undefined ? [] : recordingsOf(call);
  const isWhole = told.every(({ kept, lost }) => kept?.ms === 1_000 && lost === undefined);
  const { length } = recordings;
  return isWhole && told.length === length && world.kept.size === length && leftAt(world.atProvider).length === 0;
}

describe.each(Object.entries(stories))('a caller who %s', (_, story) => {
  test.each(faults)('with every effect in turn: %s', async (fault) => {
    const calm = await perform(story);
    expect(await judge(calm)).toEqual([]);
    const texts = calm.world.sent.length;
    const wrong: string[] = [];
    for (const [index, effect] of calm.effects.entries()) {
      const performed = await perform(story, { n: index + 1, fault });
      wrong.push(...(await judge(performed, texts)).map((what) => `${fault} ${index + 1} (${effect}): ${what}`));
      if (!(await areKept(performed, story)))
        wrong.push(`${fault} ${index + 1} (${effect}): a recording is not kept, or not told of`);
    }
    expect(wrong).toEqual([]);
  });

  test('with events of the provider that never come again', async () => {
    const calm = await perform(story);
    const wrong: string[] = [];
    for (const [index, effect] of calm.effects.entries()) {
      const performed = await perform({ ...story, callbacksRepeat: false }, { n: index + 1, fault: 'dies before' });
      wrong.push(...(await judge(performed)).map((what) => `${index + 1} (${effect}): ${what}`));
    }
    expect(wrong).toEqual([]);
  });
});

test.each(faults)('a call of the bot whose request never comes again, with every effect in turn: %s', async (fault) => {
  const story = { ...stories['is called by the bot'], beginsAgain: false };
  const calm = await perform(story);
  const wrong: string[] = [];
  for (const [index, effect] of calm.effects.entries()) {
    const performed = await perform(story, { n: index + 1, fault });
    // Nobody was told that it would be made, and it was not.
    if ((await performed.world.entry()) === undefined && performed.world.provider.log.length === 0) continue;
    wrong.push(...(await judge(performed)).map((what) => `${fault} ${index + 1} (${effect}): ${what}`));
  }
  expect(wrong).toEqual([]);
});
