import { expect, test } from 'vitest';
import { timeline } from '../../shared/adapters/storage/timeline.ts';
import { answerCall } from '../../shared/calls/answerCall.ts';
import type { CallControl, OrderOutcome } from '../../shared/calls/callControl.ts';
import type { CallServices } from '../../shared/calls/callServices.ts';
import { startCall } from '../../shared/calls/startCall.ts';
import { eraseConversation } from '../../shared/conversations/eraseConversation.ts';
import { conversationIdOf } from '../../shared/conversations/keys.ts';
import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { local, subscriber } from '../support/smsValues.ts';
import { callWorld } from './callWorld.ts';
import { file } from './script.ts';

test('a caller asks for the menu as a text, gets it once, and the call is on the timeline', async () => {
  const world = callWorld({ caller: [{ keys: '2' }] });
  await world.answer();
  await world.play();
  expect(world.provider.log).toEqual([
    '1 answer',
    '2 listen Press 1 for hours, 2 for a link, 3 for a person, 4 to leave a message.',
    '3 play Goodbye.',
    '4 hangUp',
  ]);
  expect(world.sent.map(({ text }) => text)).toEqual(['Our menu: https://example.com']);
  expect(await world.steps()).toEqual(['welcome: 2', 'link', 'bye']);
  expect(await world.timeline()).toEqual([
    ['accepted', 'Our menu: https://example.com'],
    ['call', 'answered'],
  ]);
  expect(await world.head()).toMatchObject({ lastInbound: world.ring.at });
});

test('the event of a ring that comes three times is answered once', async () => {
  const world = callWorld({ caller: ['silence'] });
  await Promise.all([world.answer(), world.answer(), world.answer()]);
  expect(world.provider.log).toEqual(['1 answer']);
  await world.play();
  await world.answer();
  expect(world.provider.log.filter((line) => line.endsWith('answer'))).toEqual(['1 answer']);
});

test('every event may come twice, and late', async () => {
  const world = callWorld({ caller: [{ keys: '1' }, { keys: '2' }] });
  await world.answer();
  const before = [];
  for (let told = world.provider.events.shift(); told !== undefined; told = world.provider.events.shift()) {
    before.push(told);
    for (const again of [told, ...before]) await world.signal(again);
  }
  const menu = 'listen Press 1 for hours, 2 for a link, 3 for a person, 4 to leave a message.';
  expect(world.provider.log).toEqual([
    '1 answer',
    `2 ${menu}`,
    '3 play Nine to five.',
    `4 ${menu}`,
    '5 play Goodbye.',
    '6 hangUp',
  ]);
  expect(world.sent).toHaveLength(1);
  expect(await world.entry()).toMatchObject({ outcome: 'answered' });
});

test('a command that the provider could not take is given again a second later', async () => {
  const world = callWorld({ caller: [{ keys: '2' }] });
  const { carryOut } = world.provider.control;
  let refusals = 1;
  const busy: typeof carryOut = async (order, ...rest) =>
    order.type === 'listen' && refusals-- > 0
      ? { type: 'later', code: '503', reason: 'Busy.' }
      : carryOut(order, ...rest);
  const services = { ...world.services, calls: { ...world.provider.control, carryOut: busy } };
  await world.answer(services);
  await world.signal(world.provider.events.shift()!, services);
  expect(world.provider.log).toEqual(['1 answer']);
  const next = world.wakes.toSorted((a, b) => a.at - b.at)[0]!;
  expect(next.at - world.now()).toBe(1_000);
});

test('whoever hangs up before choosing gets one text; who has opted out gets none', async () => {
  const world = callWorld();
  await world.answer();
  await world.play();
  expect(await world.entry()).toMatchObject({ outcome: 'abandoned' });
  expect(world.sent.map(({ text }) => text)).toEqual(['Sorry we missed you.']);

  const other = callWorld();
  await other.text('STOP');
  const confirmed = other.sent.length;
  await other.answer();
  await other.play();
  expect(other.sent).toHaveLength(confirmed);
  expect((await other.timeline())[0]).toEqual(['failed', 'Sorry we missed you.']);
});

test('a ring of which we learn when it is over is a missed call', async () => {
  const world = callWorld();
  await world.advance(29_000);
  await world.answer();
  expect(world.provider.log).toEqual([]);
  expect(await world.entry()).toMatchObject({
    outcome: 'missed',
    endReason: expect.stringContaining('stopped ringing'),
  });
  expect(world.sent.map(({ text }) => text)).toEqual(['Sorry we missed you.']);
});

test.each([
  ['a blocked caller is rejected', { blocked: [subscriber] }, 'rejected'],
  ['while closed calls are redirected', { closed: { redirect: '+14255550199' } }, 'redirected'],
  ['while closed calls are rejected', { closed: { reject: true } }, 'rejected'],
])('%s', async (_, calls, outcome) => {
  const world = callWorld({ playbook: { ...file, hours: { week: {} }, calls: { ...file.calls, ...calls } } });
  await world.answer();
  expect(world.provider.log).toHaveLength(1);
  expect(await world.entry()).toMatchObject({ outcome });
});

test('without a word about calls a call is kept as missed', async () => {
  const { calls: _, ...silent } = file;
  const world = callWorld({ playbook: silent });
  await world.answer();
  expect(world.provider.log).toEqual([]);
  expect(await world.entry()).toMatchObject({ outcome: 'missed' });
});

test('a call that nobody takes comes back and becomes a voicemail', async () => {
  const world = callWorld({ caller: [{ keys: '3' }, { keys: '#' }], takesTransfers: false });
  await world.answer();
  await world.play();
  expect(await world.steps()).toEqual(['welcome: 3', 'person', 'message', 'thanks']);
  expect(await world.entry()).toMatchObject({ outcome: 'voicemail', recordingId: 'recording-1' });
});

test('a call whose end is told before that it was passed on was passed on', async () => {
  const world = callWorld({ caller: [{ keys: '3' }], takesTransfers: true });
  await world.answer();
  const { events } = world.provider;
  while (!events.some(({ event }) => event.type === 'transferred')) await world.signal(events.shift()!);
  const told = [...events];
  for (const late of [...told, ...told].reverse()) await world.signal(late);
  expect(await world.entry()).toMatchObject({ outcome: 'transferred' });
  expect(await world.head()).toMatchObject({ preview: 'Call: transferred' });
  expect(world.sent).toEqual([]);
});

test('a call that was passed on, and whose end nobody told, is over two minutes later', async () => {
  const world = callWorld({ caller: [{ keys: '3' }], takesTransfers: true });
  await world.answer();
  const { events } = world.provider;
  for (let told = events.shift(); told !== undefined; told = events.shift())
    if (told.event.type !== 'disconnected') await world.signal(told);
  expect(await world.entry()).not.toHaveProperty('outcome');
  await world.advance(125_000);
  await world.wake({ ...world.ref, call: true });
  expect(await world.entry()).toMatchObject({ outcome: 'transferred', endReason: 'Its end was not told.' });
});

const request = { service: local, subscriber, flow: 'reminder', agent: 'agent-1', idempotencyKey: 'key-1' };

test('an agent has the bot call, once for a key', async () => {
  const world = callWorld({ caller: ['silence'] });
  const first = await startCall(request, world.services);
  const again = await startCall(request, world.services);
  expect([first.repeated, again.repeated, again.key === first.key]).toEqual([false, true, true]);
  expect(world.provider.log).toEqual(['1 create']);
});

test.each([
  ['another flow', { flow: 'nothing' }, 'invalid-input'],
  ['a number of ours', { subscriber: local }, 'invalid-input'],
  ['a far country', { subscriber: '+447400123456' as PhoneNumber }, 'country-not-allowed'],
])('a call is not made for %s', async (_, change, code) => {
  const world = callWorld();
  await expect(startCall({ ...request, ...change }, world.services)).rejects.toMatchObject({ code });
  expect(world.provider.log).toEqual([]);
});

test('whoever has opted out is not called by the bot', async () => {
  const world = callWorld();
  await world.text('STOP');
  await expect(startCall(request, world.services)).rejects.toMatchObject({ code: 'opted-out' });
});

/** The services of a provider that takes nothing: what is asked of it leads to this, for ever. */
const deaf = (world: ReturnType<typeof callWorld>, outcome?: OrderOutcome) => ({
  ...world.services,
  calls: { ...world.provider.control, carryOut: async () => outcome ?? new Promise<never>(() => {}) },
});

test.each([
  ['at once', 3_500, ['1 answer']],
  ['only while the claim lasts', 5_000, []],
])('an answer that nobody answered is asked for again %s', async (_, waits, log) => {
  const world = callWorld({ caller: ['silence'] });
  let asked = 0;
  const hangs = async () => {
    await world.advance(waits);
    return { type: 'ambiguous', code: 'AbortError', reason: 'No answer.' } as const;
  };
  const carryOut: CallControl['carryOut'] = (...order) =>
    ++asked === 1 ? hangs() : world.provider.control.carryOut(...order);
  const answering = world.answer({ ...world.services, calls: { ...world.provider.control, carryOut } });
  if (log.length > 0) await answering;
  else await expect(answering).rejects.toMatchObject({ code: 'unavailable' });
  expect(world.provider.log).toEqual(log);
});

test('a call whose maker died is made by the same request, and by its watch', async () => {
  for (const again of ['request', 'watch'] as const) {
    const world = callWorld({ caller: ['silence'] });
    void startCall(request, deaf(world));
    await world.settled();
    // Its maker may still live.
    expect(await startCall(request, world.services)).toMatchObject({ repeated: true });
    expect(world.provider.log).toEqual([]);
    await world.advance(9_000);
    if (again === 'request') expect(await startCall(request, world.services)).toMatchObject({ repeated: true });
    else await world.wake(world.wakes[0]!.wake);
    expect(world.provider.log).toEqual(['1 create']);
  }
});

test.each<[string, (world: ReturnType<typeof callWorld>) => Promise<unknown>, string]>([
  ['nobody knew in time', (world) => world.advance(300_000), 'not known to have been made'],
  ['the subscriber opted out meanwhile', (world) => world.text('STOP'), 'opted out'],
])('a call is not made any more when %s: it failed, and why', async (_, meanwhile, said) => {
  const world = callWorld();
  await startCall(request, deaf(world, { type: 'ambiguous', code: 'AbortError', reason: 'No answer.' }));
  const { wake } = world.wakes[0]!;
  world.wakes.length = 0;
  await meanwhile(world);
  await world.advance(9_000);
  await world.wake(wake);
  expect(world.provider.log).toEqual([]);
  expect(await world.entry()).toMatchObject({ outcome: 'failed', endReason: expect.stringContaining(said) });
});

test('a call whose conversation is erased is hung up by whatever is told of it next, and gets no text', async () => {
  const world = callWorld({ caller: [{ keys: '2' }] });
  await world.answer();
  await world.signal(world.provider.events.shift()!);
  await eraseConversation(world.conversation, 'agent-1', world.services);
  await world.play();
  expect([world.provider.log.at(-1), world.provider.state(), world.sent]).toEqual(['0 hangUp', 'over', []]);
  expect(await world.timeline()).toEqual([]);
});

test('while it cannot be hung up, the event comes again', async () => {
  const world = callWorld({ caller: ['silence'] });
  await world.answer();
  await eraseConversation(world.conversation, 'agent-1', world.services);
  const connected = world.provider.events.shift()!;
  const busy = deaf(world, { type: 'later', code: '503', reason: 'Busy.' });
  await expect(world.signal(connected, busy)).rejects.toMatchObject({ code: 'busy', retryable: true });
  await world.signal(connected);
  expect(world.provider.state()).toBe('over');
});

test('a call that is erased while an event of it is taken up is hung up instead of being told more', async () => {
  const world = callWorld({ caller: [{ keys: '1' }] });
  await world.answer();
  const { head } = world.services.store;
  const erasing = async () => {
    await eraseConversation(world.conversation, 'agent-1', world.services);
    return head(world.conversation);
  };
  const services = { ...world.services, store: { ...world.services.store, head: erasing } };
  await world.signal(world.provider.events.shift()!, services);
  expect(world.provider.log).toEqual(['1 answer', '0 hangUp']);
});

test('a call that was given up is hung up when it is answered after all', async () => {
  const world = callWorld({ caller: ['silence'] });
  const { standing } = world.provider.control;
  await world.answer();
  const connected = world.provider.events.shift()!;
  await world.advance(300_000);
  const services = { ...world.services, calls: { ...world.provider.control, standing: async () => undefined } };
  await world.wake({ ...world.ref, call: true }, services);
  expect(await world.entry()).toMatchObject({ outcome: 'missed' });
  await world.signal(connected);
  expect(await standing('', 0)).toBe('gone');
});

test('events that overtake the answers to their commands leave nothing to be given again', async () => {
  const world = callWorld({ caller: [{ keys: '1' }, { keys: '1' }, 'silence', 'silence'] });
  const { control, events, log } = world.provider;
  let told = 0;
  const early: typeof control.carryOut = async (...order) => {
    const outcome = await control.carryOut(...order);
    for (let next = events.shift(); next !== undefined; next = events.shift())
      if (++told < 6) await world.signal(next, services);
    return outcome;
  };
  const services: CallServices = { ...world.services, calls: { ...control, carryOut: early } };
  await world.answer(services);
  const { command, issued } = (await world.entry())!;
  expect(issued).toBe(command);
  const said = [...log];
  await world.advance(20_000);
  await world.wake({ ...world.ref, call: true });
  expect(log).toEqual(said);
});

test('callers who withhold their number share one conversation, which no text can reach', async () => {
  const world = callWorld();
  const withheld = 'anonymous' as PhoneNumber;
  const conversation = conversationIdOf(world.services.settings.conversationKey, local, withheld);
  await world.advance(29_000);
  for (const correlationId of ['ada', 'bob'])
    await answerCall({ ...world.ring, subscriber: withheld, correlationId }, world.services);
  const { items } = await timeline(world.table).entries(conversation, 10);
  expect(items.filter(({ direction }) => direction === 'call')).toHaveLength(2);
  const texts = items.filter((item) => item.direction === 'outbound');
  expect(texts.map(({ endedAs, endCode }) => [endedAs, endCode])).toEqual([
    ['failed', 'not-textable'],
    ['failed', 'not-textable'],
  ]);
  expect(world.sent).toEqual([]);
});
