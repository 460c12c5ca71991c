import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ConversationId, EntryKey } from '../../shared/conversations/keys.ts';
import type { Crew } from './crew.ts';
import type { Passing } from './passing.ts';

/** What Call Automation has posted: the worker that takes it is known by `label`, such as `callback PlayCompleted of 3`. */
interface PostedCallback {
  readonly label: string;
  readonly path: string;
  readonly body: unknown;
}

/** Where Call Automation reaches the app: a worker takes each callback, and prompts are files. */
export interface CallDoor {
  readonly url: string;
  /** While true, callbacks are taken from the provider and kept. */
  holding: boolean;
  readonly held: PostedCallback[];
  /** Hands out what was kept, and keeps no more. */
  release(): void;
  /** Has a worker take a callback, now. */
  begin(callback: PostedCallback): void;
  close(): void;
}

/** Callbacks of which the app does nothing; no worker is called for them. */
const ignored = /PlayStarted|ParticipantsUpdated/;

interface DoorNeeds {
  readonly time: Passing;
  readonly crew: Crew;
}

/** `needs` are there before anybody knocks. */
export async function callDoor(needs: () => DoorNeeds): Promise<CallDoor> {
  const server = createServer(async (incoming, outgoing) => {
    if (incoming.method === 'GET') return outgoing.end(await readFile('prompts/tone.wav'));
    const callback = await posted(incoming);
    if (ignored.test(callback.label)) return outgoing.writeHead(204).end();
    if (door.holding) door.held.push(callback);
    // Of a worker that died nothing is heard.
    else if ((await deliver(callback)) !== 'returned') return incoming.socket.destroy();
    return outgoing.writeHead(204).end();
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));

  function deliver(callback: PostedCallback): Promise<string> {
    const { time, crew } = needs();
    const { promise, resolve } = Promise.withResolvers<string>();
    time.start(async () => {
      const [, conversation, key, secret = ''] = /([^/]+)\/([^/]+)\/([^/]+)$/.exec(callback.path) ?? [];
      const ref = { conversation: conversation as ConversationId, key: key as EntryKey };
      const taken = { ref, secret, body: callback.body };
      const { label } = callback;
      resolve((await crew.call({ label, act: (services, uses) => uses.takeCallback(taken, services) })).type);
    });
    return promise;
  }

  const door: CallDoor = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    holding: false,
    held: [],
    release() {
      this.holding = false;
      for (const callback of this.held.splice(0)) this.begin(callback);
    },
    begin: (callback) => void deliver(callback),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return door;
}

async function posted(incoming: IncomingMessage): Promise<PostedCallback> {
  const body = JSON.parse(Buffer.concat(await incoming.toArray()).toString());
  const [{ type, data }] = body as [{ type: string; data: { operationContext?: string } }];
  const of = data.operationContext === undefined ? '' : ` of ${data.operationContext}`;
  return { label: `callback ${type.split('.').at(-1)}${of}`, path: incoming.url ?? '', body };
}
