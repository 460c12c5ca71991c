import type { Passing } from './passing.ts';

/** A call as the carrier shows it, as far as it matters here. */
export interface SeenCall {
  readonly state: 'ringing' | 'connected' | 'ended';
  readonly waitsFor: readonly string[];
  readonly said: readonly { readonly text?: string; readonly file?: string }[];
  readonly recordings: readonly unknown[];
  readonly callbacks: readonly { readonly type: string }[];
}

/** Milliseconds between two looks at the line, and after which somebody who hears nothing hangs up. */
const lookEvery = 1_000;
const patience = 60_000;

/** The line of a subscriber, at the carrier. */
export interface Line {
  readonly seen: () => Promise<SeenCall>;
}

interface Calling {
  readonly acs: string;
  readonly time: Passing;
  readonly from: string;
  readonly to: string;
  /** By what was heard last: the key to press, or `silence`. Who is listened to and knows no answer hangs up. */
  readonly answers: Readonly<Record<string, string>>;
}

/** Somebody who calls. */
export async function ring({ acs, time, from, to, answers }: Calling): Promise<Line> {
  const ask = async (method: string, path: string, body?: object) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${acs}/admin/calls${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return text === '' ? undefined : JSON.parse(text);
  };
  const { id } = await ask('POST', '', { from, to });
  const seen = (): Promise<SeenCall> => ask('GET', `/${id}`);
  let [heard, since] = [0, time.now()];
  let listenedTo = false;

  async function look(): Promise<void> {
    const { state, waitsFor, said } = await seen();
    if (state === 'ended') return;
    if (said.length > heard) [heard, since] = [said.length, time.now()];
    // Somebody takes their time.
    const waited = listenedTo;
    listenedTo = state === 'connected' && waitsFor[0] === 'recognize';
    if (listenedTo && waited) await answer(lastOf(said));
    else if (time.now() - since > patience) await ask('DELETE', `/${id}`);
    time.after(lookEvery, () => time.start(look));
  }

  async function answer(to: string): Promise<void> {
    const key = answers[to];
    if (key === undefined) await ask('DELETE', `/${id}`);
    else if (key !== 'silence') await ask('POST', `/${id}/tones`, { tones: [key] });
  }

  time.after(lookEvery, () => time.start(look));
  return { seen };
}

const lastOf = (said: SeenCall['said']): string => {
  const last = said.at(-1);
  return last?.text ?? last?.file?.split('/').at(-1) ?? '';
};
