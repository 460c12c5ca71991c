import type { Call } from '../call.ts';
import type { Desk } from '../desk.ts';
import type { Cancel } from '../pace.ts';
import { durations, type ResultName } from '../rules.ts';
import { type PlaySource, spokenFor } from './playSources.ts';
import { readWav } from './wavHeader.ts';

export interface Speech {
  readonly sources: readonly PlaySource[];
  /** Raw ids; absent: everybody. */
  readonly to?: readonly string[] | undefined;
  /** It goes on until it is stopped. */
  readonly loop?: boolean;
  /** The first source is being heard. */
  readonly onStart?: () => void;
  readonly onEnd: () => void;
  readonly onFail: (result: ResultName, index: number) => void;
}

/** Lets a call hear sources one after the other; the result stops it, and nothing is told after that. */
export function speak(desk: Desk, call: Call, speech: Speech): Cancel {
  const { promptScale } = desk.dials().calls;
  let stopped = false;
  let cancel: Cancel = () => {};

  const sayFor = (index: number, ms: number) => {
    const source = speech.sources[index];
    if (stopped || source === undefined) return;
    call.said.push({ at: desk.pace.now(), ...source, to: speech.to });
    if (index === 0) speech.onStart?.();
    cancel = desk.pace.act(ms * promptScale, () => say(index + 1));
  };
  const say = (index: number) => {
    const source = speech.sources[index];
    if (stopped) return;
    if (source === undefined) {
      // Once round is enough to know what is heard.
      if (speech.loop !== true) speech.onEnd();
      return;
    }
    if (source.kind !== 'file') return sayFor(index, spokenFor(source));
    desk.pace.track(
      fileLength(desk, source.content).then((length) => {
        if (typeof length === 'number') sayFor(index, length);
        else if (!stopped) speech.onFail(length, index);
      }),
    );
  };
  say(0);
  return () => {
    stopped = true;
    cancel();
  };
}

/** Fetches a file as the service would, and tells how long it plays in milliseconds, or why it cannot. */
async function fileLength({ log }: Desk, url: string): Promise<number | ResultName> {
  const bytes = await download(url).catch((error) => `${error.cause?.message ?? error.message}`);
  if (typeof bytes === 'string') {
    log('warn', 'acs.prompt-not-fetched', { host: URL.parse(url)?.host, reason: bytes });
    return 'noFile';
  }
  const length = readWav(bytes);
  if (typeof length === 'number') return length;
  log('warn', 'acs.prompt-not-playable', { host: URL.parse(url)?.host, reason: length });
  return 'wrongFormat';
}

async function download(url: string): Promise<Uint8Array | string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(durations.fileTimeout) });
  const body = new Uint8Array(await response.arrayBuffer());
  return response.ok ? body : `the answer was ${response.status}`;
}
