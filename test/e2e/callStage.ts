import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SentSms } from '../../local/carrier/sentSince.ts';
import type { WorldOptions } from '../../local/world.ts';
import { until } from '../support/realWorld.ts';
import { aWorld, root, type TestWorld } from '../support/world.ts';

export const caller = '+14255550123';
export const service = '+14255550100';
export const counter = '+14255550199';
export const user = '8:acs:6c6f6361-6c20-4aca-8057-000000000001_ada';

/** Answers around the clock: one menu of all that a call can come to. */
const everything = {
  business: { name: 'Bakery', timeZone: 'America/Los_Angeles' },
  sms: { rules: [] },
  calls: {
    start: 'welcome',
    blocked: ['+14255550166'],
    outbound: { ready: 'ready' },
    missedText: 'Sorry we missed you.',
    steps: {
      welcome: {
        menu: {
          prompt: 'Welcome.',
          again: 'Once more.',
          choices: [
            { key: '1', phrases: ['link'], go: 'link' },
            { key: '2', go: 'message' },
            { key: '3', go: 'counter' },
            { key: '4', go: 'browser' },
            { key: '5', go: 'order' },
            { key: '6', go: 'first' },
          ],
          seconds: 20,
          otherwise: 'message',
        },
      },
      link: { text: 'https://example.com', go: 'bye' },
      bye: { hangUp: 'Goodbye.' },
      message: { voicemail: { prompt: 'After the tone.', seconds: 30 }, go: 'bye' },
      first: { voicemail: { prompt: 'First.', seconds: 30 }, go: 'message' },
      counter: { transfer: { to: counter, prompt: 'One moment.', otherwise: 'nobody' } },
      nobody: { say: 'Nobody is there.', go: 'message' },
      browser: { transfer: { to: user, otherwise: 'nobody' } },
      order: { ask: { prompt: 'Your order?', digits: 4, otherwise: 'message' }, go: 'bye' },
      ready: { hangUp: 'Your order is ready.' },
    },
  },
};

/** What is heard on the way to the counter, where nobody comes, and past the tone. */
export const saidWhenNobodyComes = [
  'Welcome.',
  'One moment.',
  'Nobody is there.',
  'After the tone.',
  'tone.wav',
  'Goodbye.',
];

/** A call as the carrier shows it. */
export interface SeenCall {
  readonly id: string;
  readonly state: string;
  readonly waitsFor: readonly string[];
  readonly said: readonly { readonly text?: string; readonly file?: string }[];
  readonly recordings: readonly unknown[];
  readonly callbacks: readonly { readonly type: string; readonly attempts: readonly { readonly outcome: string }[] }[];
}

interface SeenRecording {
  readonly id: string;
  readonly seconds: number;
  readonly bytes: number;
}

/** A call as the API shows it on the timeline. */
export interface SeenEntry {
  readonly id: string;
  readonly type: string;
  readonly outcome?: string;
  readonly reason?: string;
  readonly steps: readonly { readonly step: string; readonly heard?: string }[];
  readonly recording?: SeenRecording;
  readonly recordings: readonly SeenRecording[];
  readonly [field: string]: unknown;
}

export type CallStage = Awaited<ReturnType<typeof callStage>>;

interface StageOptions extends Partial<Pick<WorldOptions, 'reroute' | 'functions'>> {
  readonly functionsUrl?: () => string;
  /** Instead of one that has everything. */
  readonly playbook?: object;
}

/** The whole world with a line that is always open, and what is said on it takes no time. */
export async function callStage({ functionsUrl, playbook = everything, ...around }: StageOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-calls-'));
  const file = join(folder, 'playbook.json');
  await mkdir(join(folder, 'prompts'));
  await copyFile(join(root, 'prompts/tone.wav'), join(folder, 'prompts/tone.wav'));
  await writeFile(file, JSON.stringify(playbook));
  const environment = { PLAYBOOK_FILE: file };
  const world: TestWorld = await aWorld({ ...around, environment });
  world.dials.change({ calls: { promptScale: 0, handsetMs: 0 } });

  async function admin<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${world.acs.url}/admin${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
  async function ask(method: string, path: string, more: { headers?: Record<string, string>; body?: object } = {}) {
    const authorization = `Bearer ${await world.oidc.token({ person: 'agent' })}`;
    return fetch(`${functionsUrl?.() ?? world.functions?.url}/api${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json', ...more.headers },
      ...(more.body && { body: JSON.stringify(more.body) }),
    });
  }
  const read = async <T>(path: string): Promise<T> => (await (await ask('GET', path)).json()) as T;
  const call = (id: string) => admin<SeenCall>('GET', `/calls/${id}`);

  return {
    world,
    environment,
    admin,
    ask,
    call,
    /** Rings; everything that follows by itself has happened. */
    async ring(from = caller): Promise<string> {
      const { id } = await admin<{ id: string }>('POST', '/calls', { from, to: service });
      await world.settled();
      return id;
    },
    async press(id: string, ...tones: readonly string[]): Promise<void> {
      await admin('POST', `/calls/${id}/tones`, { tones });
      await world.settled();
    },
    /** What was said so far, files by their names. */
    async said(id: string): Promise<readonly string[]> {
      const { said } = await call(id);
      return said.map(({ text, file }) => text ?? file?.split('/').at(-1) ?? '');
    },
    /** The call, once it is as it should be; the world acts by itself until then. */
    when: (id: string, what: string, is: (seen: SeenCall) => boolean) =>
      until(what, async () => {
        const seen = await call(id);
        return is(seen) ? seen : undefined;
      }),
    sent: (to = caller): readonly string[] => world.acs.carrier.sent({ to }).map(({ message }: SentSms) => message),
    async conversation(subscriber = caller): Promise<string> {
      const { items } = await read<{ items: { id: string; subscriber: string }[] }>(
        `/conversations?service=${encodeURIComponent(service)}&limit=100`,
      );
      return items.find((seen) => seen.subscriber === subscriber)?.id ?? '';
    },
    /** The calls of a conversation, latest first. */
    async entries(subscriber = caller): Promise<readonly SeenEntry[]> {
      const { items } = await read<{ items: SeenEntry[] }>(
        `/conversations/${await this.conversation(subscriber)}/entries`,
      );
      return items.filter(({ type }) => type === 'call');
    },
    async close(): Promise<void> {
      await world.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const stepsOf = ({ steps }: SeenEntry): readonly string[] =>
  steps.map(({ step, heard }) => (heard === undefined ? step : `${step}: ${heard}`));
