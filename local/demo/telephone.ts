import type { World } from '../world.ts';

/** A subscriber on the telephone, by the handsets of the carrier. */
export interface Caller {
  /** What the bot has said since this was asked last. */
  heard(): Promise<readonly string[]>;
  press(tone: string): Promise<void>;
  /** `connected`, `ended` … */
  state(): Promise<string>;
}

interface Report {
  readonly state: string;
  readonly said: readonly { readonly text?: string; readonly file?: string }[];
}

/** Rings; everything that follows by itself has happened when it resolves. */
export async function call(world: World, from: string, to: string): Promise<Caller> {
  const { id }: { id: string } = await ask(world, 'POST', '', { from, to });
  await world.settled();
  return lineOf(world, id);
}

/** Who is on a call, by its id or by the app's connection to it. */
export function lineOf(world: World, id: string): Caller {
  const report = (): Promise<Report> => ask(world, 'GET', `/${id}`);
  let heard = 0;
  return {
    async heard() {
      const lines = (await report()).said.slice(heard).map(({ text, file }) => text ?? `(${nameOf(file)})`);
      heard += lines.length;
      return lines;
    },
    async press(tone) {
      await ask(world, 'POST', `/${id}/tones`, { tones: [tone] });
      await world.settled();
    },
    state: async () => (await report()).state,
  };
}

/** `tone` of `https://…/tone.wav`. */
const nameOf = (file = ''): string => file.replace(/^.*\//, '').replace(/\.wav$/, '');

async function ask<T>({ acs }: World, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${acs.url}/admin/calls${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} /admin/calls${path} answered ${response.status}: ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
