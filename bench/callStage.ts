import { demoPlaybook } from '../local/demo/demoPlaybook.ts';
import { type Caller, call, lineOf } from '../local/demo/telephone.ts';
import { type Arena, serviceNumber, startFunctions } from './arena.ts';
import type { CallFloorQuestion } from './callFloorProcess.ts';
import { type CallWire, callWire } from './callWire.ts';

/** Who rings whom, and by which way what is told of it goes. */
export interface CallStage {
  readonly wire: CallWire;
  /** Calls begun at the same time; resolves when each waits for a key. */
  readonly app: (count: number) => Promise<readonly Caller[]>;
  readonly floor: (count: number) => Promise<readonly Caller[]>;
  close(): Promise<void>;
}

/** The app with the calls of the demo, and the bare SDK, each in a process of its own. */
export async function openCallStage(arena: Arena): Promise<CallStage> {
  const { world, root, directory, port } = arena;
  const bare = arena.spawn('callFloor');
  const ask = <T>(question: CallFloorQuestion) => bare.ask<T>(question);
  const acs = world.acs.url;
  const wire = await callWire({ acs, app: `http://127.0.0.1:${port}`, floor: await ask<string>({ type: 'start' }) });
  const connection = world.acs.connectionString.replace(acs, wire.urls.acs);
  await ask({ type: 'connect', acs: connection, callbacks: wire.urls.floor });
  const PLAYBOOK_FILE = demoPlaybook(`${root}/playbook.json`, directory);
  const settings = { PLAYBOOK_FILE, PUBLIC_URL: wire.urls.app, ACS_CONNECTION_STRING: connection };
  const { child } = await startFunctions(arena, { settings });
  const [subscribers, called] = [numbersFrom(14_252_000_000), numbersFrom(16_122_000_000)];
  return {
    wire,
    app: (count) => Promise.all(subscribers(count).map((from) => call(world, from, serviceNumber))),
    async floor(count) {
      const to = called(count);
      await Promise.all(to.map((who) => answers(arena, who)));
      const connections = await ask<readonly string[]>({ type: 'call', from: serviceNumber, to });
      await world.settled();
      return connections.map((id) => lineOf(world, id));
    },
    async close() {
      for (const each of [child, bare]) await each.end();
      await wire.close();
    },
  };
}

/** Tells a handset to answer when it rings. */
const answers = ({ world }: Arena, who: string) =>
  fetch(`${world.acs.url}/admin/handsets/${encodeURIComponent(who)}`, { method: 'PUT', body: '{"does":"answer"}' });

/** Each is called, or calls, once. */
function numbersFrom(first: number): (count: number) => readonly string[] {
  let next = first;
  return (count) => Array.from({ length: count }, () => `+${next++}`);
}
