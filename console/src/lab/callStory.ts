import type { WorldCall } from './adminApi.ts';
import { shortType } from './events.ts';
import { attemptsOf, type Moment, type Station } from './story.ts';
import { saidInWords, type World } from './world.ts';

/** The whole way of a call: how the app heard of it, what happened on it as it happened, and what came after. */
export function callStoryOf({ events }: World, call: WorldCall): readonly Station[] {
  const about = events.filter(({ event: { data } }) => isAbout(data, call));
  const momentsOf = (kind: (type: string) => boolean): readonly Moment[] =>
    about
      .filter(({ event }) => kind(event.eventType))
      .flatMap(({ publishedAt, event, deliveries }) => [
        { at: publishedAt, what: `Event Grid has ${shortType(event.eventType)}` },
        ...attemptsOf(deliveries),
      ]);
  const isRing = (type: string) => type.endsWith('IncomingCall');
  return [
    { name: 'Event', moments: momentsOf(isRing), hint: call.direction === 'outbound' ? 'The app calls.' : 'None.' },
    { name: 'Call', moments: onTheLine(call) },
    {
      name: 'Afterwards',
      moments: momentsOf((type) => !isRing(type)),
      hint: call.recordings.length === 0 ? 'Nothing was recorded.' : 'No file of the recording yet.',
    },
  ];
}

/** An event of a call bears its id; that of a recording's file only the names that it has in an address. */
function isAbout(data: Readonly<Record<string, unknown>>, { id, serverCallId, recordings }: WorldCall): boolean {
  if (data['correlationId'] === id || data['serverCallId'] === serverCallId) return true;
  const words = JSON.stringify(data);
  return recordings.some((recording) => words.includes(recording.id)) || words.includes(id);
}

function onTheLine({
  startedAt,
  connectedAt,
  endedAt,
  endedBy,
  from,
  to,
  said,
  callbacks,
}: WorldCall): readonly Moment[] {
  return [
    { at: startedAt, what: `${from} calls ${to}` },
    ...(connectedAt === undefined ? [] : [{ at: connectedAt, what: 'answered' }]),
    ...said.map((line) => ({ at: line.at, what: 'the bot says', detail: saidInWords(line) })),
    ...callbacks.map(({ type, time, attempts }) => ({
      at: time,
      what: `the app is told ${shortType(type)}`,
      detail: attempts.map(({ outcome }, n) => `attempt ${n + 1}: ${outcome}`).join(', ') || 'not yet',
    })),
    ...(endedAt === undefined ? [] : [{ at: endedAt, what: 'over', detail: endedBy }]),
  ].sort((one, other) => one.at.localeCompare(other.at));
}
