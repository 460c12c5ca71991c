import { leadingOn } from './callsFile.ts';
import type { Fault } from './fault.ts';
import { nearestName } from './nearestName.ts';
import { asObject, asText, type Unsure } from './unsure.ts';

type Path = readonly (string | number)[];

/** A place where a step is named, and whether the caller was asked something on the way there. */
interface Way {
  readonly path: Path;
  readonly to: string;
  readonly asked: boolean;
}

/** Steps that wait for the caller, and so may be come back to. */
const asking = ['menu', 'ask', 'voicemail'];

/** Steps that are named and not there, that nothing leads to, and rounds in which the caller is never asked. */
export function faultsInSteps(calls: Unsure): readonly Fault[] {
  const steps = asObject(calls['steps']);
  const names = Object.keys(steps);
  const entrances = entrancesOf(calls);
  const ways = new Map(names.map((name) => [name, waysFrom(asObject(steps[name]), ['calls', 'steps', name])]));
  const everyWay = [...entrances, ...[...ways.values()].flat()];
  return [
    ...everyWay.filter(({ to }) => !names.includes(to)).map((way) => missing(way, names)),
    ...unreachable(names, entrances, ways),
    ...roundsWithoutQuestion(names, ways),
    ...keysTwice(steps),
  ];
}

function entrancesOf(calls: Unsure): readonly Way[] {
  const outbound = Object.entries(asObject(calls['outbound']));
  return waysOf([
    [['calls', 'start'], calls['start']],
    [['calls', 'closed', 'go'], asObject(calls['closed'])['go']],
    ...outbound.map(([name, to]): [Path, unknown] => [['calls', 'outbound', name], to]),
  ]);
}

function waysFrom(step: Unsure, path: Path): readonly Way[] {
  const asked = asking.some((kind) => step[kind] !== undefined);
  const choices: unknown = asObject(step['menu'])['choices'];
  const chosen = (Array.isArray(choices) ? choices : []).map((choice, n): [Path, unknown] => [
    [...path, 'menu', 'choices', n, 'go'],
    asObject(choice)['go'],
  ]);
  const others = ['menu', 'ask', 'transfer'].map((kind): [Path, unknown] => [
    [...path, kind, 'otherwise'],
    asObject(step[kind])['otherwise'],
  ]);
  const hours = ['open', 'closed'].map((when): [Path, unknown] => [
    [...path, 'hours', when],
    asObject(step['hours'])[when],
  ]);
  const onward: [Path, unknown][] = leadingOn.some((kind) => step[kind] !== undefined)
    ? [[[...path, 'go'], step['go']]]
    : [];
  return waysOf([...chosen, ...others, ...hours, ...onward], asked);
}

const waysOf = (found: readonly (readonly [Path, unknown])[], asked = false): readonly Way[] =>
  found.flatMap(([path, name]) => {
    const to = asText(name);
    return to === undefined ? [] : [{ path, to, asked }];
  });

function missing({ path, to }: Way, names: readonly string[]): Fault {
  const meant = nearestName(to, names);
  const there = names.length === 0 ? 'there are none' : `there are ${names.join(', ')}`;
  const hint = meant === undefined ? `; ${there}` : `; did you mean "${meant}"?`;
  return { path, fault: `names a step that is not there: "${to}"${hint}` };
}

type Ways = ReadonlyMap<string, readonly Way[]>;

function unreachable(names: readonly string[], entrances: readonly Way[], ways: Ways): readonly Fault[] {
  const reached = new Set(entrances.map(({ to }) => to));
  for (const name of reached) for (const { to } of ways.get(name) ?? []) reached.add(to);
  return names
    .filter((name) => !reached.has(name))
    .map((name) => ({
      path: ['calls', 'steps', name],
      fault: 'is never reached; let a step lead to it, or take it out',
    }));
}

/** From a step, by ways on which nobody is asked, back to it: a caller could never do anything but hang up. */
function roundsWithoutQuestion(names: readonly string[], ways: Ways): readonly Fault[] {
  const told = new Set<string>();
  return names.flatMap((name) => {
    const round = told.has(name) ? undefined : roundFrom(name, ways);
    if (round === undefined) return [];
    for (const step of round) told.add(step);
    const shown = [...round, name].join(' → ');
    return [{ path: ['calls', 'steps', name], fault: `goes round for ever without asking anything: ${shown}` }];
  });
}

function roundFrom(start: string, ways: Ways): readonly string[] | undefined {
  const seen = new Set<string>();
  const walk = (name: string, way: readonly string[]): readonly string[] | undefined => {
    for (const { to, asked } of ways.get(name) ?? []) {
      if (asked) continue;
      if (to === start) return way;
      if (seen.has(to)) continue;
      seen.add(to);
      const found = walk(to, [...way, to]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return walk(start, [start]);
}

function keysTwice(steps: Unsure): readonly Fault[] {
  return Object.entries(steps).flatMap(([name, step]) => {
    const choices: unknown = asObject(asObject(step)['menu'])['choices'];
    const keys = (Array.isArray(choices) ? choices : []).map((choice) => asText(asObject(choice)['key']));
    return keys.flatMap((key, n) =>
      key === undefined || keys.indexOf(key) === n
        ? []
        : [
            {
              path: ['calls', 'steps', name, 'menu', 'choices', n, 'key'],
              fault: `"${key}" chooses something else already`,
            },
          ],
    );
  });
}
