import type { CallEntry } from '../../shared/conversations/callEntry.ts';
import { recordingsOf } from '../../shared/conversations/callRecordings.ts';
import type { Outcome } from '../simulation/outcome.ts';
import type { SeenCall } from './caller.ts';
import type { Commanded } from './commands.ts';
import { callsOf } from './seen.ts';
import type { Stage } from './stage.ts';

/**
 * What does not hold of calls, by what the timeline says, what the provider took, and how the line was seen from outside.
 * `most`: how often a command may be carried out, since the provider does not know all commands again.
 */
export async function callFaults(
  { rows }: Pick<Outcome, 'rows'>,
  { lines, commands }: Stage,
  most: number,
): Promise<readonly string[]> {
  const calls = callsOf(rows);
  const seen = await Promise.all(lines.map((line) => line.seen()));
  return [
    ...(calls.length === lines.length ? [] : [`${calls.length} calls on the timeline of ${lines.length}`]),
    ...calls.flatMap((each) => [...entryFaults(each)]),
    ...seen.flatMap((each) => [...lineFaults(each)]),
    ...commands.flatMap((each) => [...commandFaults(each)]),
    ...[...counted(commands)]
      .filter(([, times]) => times > most)
      .map(([name, times]) => `${name}: carried out ${times} times`),
  ];
}

function* entryFaults(call: CallEntry): Iterable<string> {
  if (call.outcome === undefined || call.endedAt === undefined) yield 'the call has no end on the timeline';
  if (call.outcome === 'failed' && call.endReason === undefined) yield 'it failed for no reason';
  for (const { kept, lost } of recordingsOf(call)) {
    if (lost !== undefined) yield `a recording is lost: ${lost}`;
    if (kept !== undefined && kept.ms === 0) yield 'a recording of nothing is kept';
  }
}

function* lineFaults({ state, callbacks, recordings }: SeenCall): Iterable<string> {
  if (state !== 'ended') yield `the line is still ${state}`;
  const answers = callbacks.filter(({ type }) => type.endsWith('.CallConnected')).length;
  if (answers > 1) yield `it is answered ${answers} times`;
  if (recordings.length > 1) yield `it is recorded ${recordings.length} times`;
}

function* commandFaults({ name, afterEnd, unkept }: Commanded): Iterable<string> {
  if (afterEnd) yield `${name} is commanded when the call is over`;
  if (unkept) yield `${name}, though we do not keep the recording`;
}

function counted(commands: readonly Commanded[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const { name } of commands.filter(({ name, carriedOut }) => carriedOut && /\d$/.test(name)))
    times.set(name, (times.get(name) ?? 0) + 1);
  return times;
}
