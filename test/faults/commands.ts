import { wavSize } from '../../local/acs/recordings/wavFile.ts';
import { recordingBlobs } from '../../shared/adapters/storage/recordingBlobs.ts';
import type { CallEntry } from '../../shared/conversations/callEntry.ts';
import { recordingsOf } from '../../shared/conversations/callRecordings.ts';
import type { ConversationId } from '../../shared/conversations/keys.ts';
import type { Effect } from './effect.ts';
import type { Eyes } from './seen.ts';
import type { Answer } from './wire.ts';

/** A command that the provider was given, by its words and its number. */
export interface Commanded {
  readonly name: string;
  /** It was not refused. */
  readonly carriedOut: boolean;
  /** The call was over on the timeline by then. */
  readonly afterEnd: boolean;
  /** It removed a recording that was not with us, whole. */
  readonly unkept: boolean;
}

interface Watched {
  readonly account: string;
  readonly conversation: ConversationId;
  readonly eyes: Pick<Eyes, 'calls' | 'look'>;
}

/** Notes what the provider is commanded about calls, and how matters stood just then. */
export function commandsTo({ account, conversation, eyes }: Watched) {
  const blobs = recordingBlobs({ connectionString: account });
  const taken: Commanded[] = [];

  async function isKept(call: CallEntry): Promise<boolean> {
    const { id, kept } = recordingsOf(call).at(-1) ?? {};
    if (id === undefined || kept === undefined) return false;
    const file = await blobs.read({ conversation, key: call.key, recording: id }, { from: 0, to: kept.bytes - 1 });
    return file !== undefined && file.length === kept.bytes && file.length === wavSize(kept.ms);
  }

  return {
    taken,
    async carried({ to, method, path, label, body }: Effect, { status }: Answer): Promise<void> {
      if (to !== 'acs' || method === 'GET' || path === '/sms') return;
      const removes = method === 'DELETE' && path.startsWith('/v1/objects/');
      if (removes) await eyes.look();
      const [call] = eyes.calls;
      const number = /"operationContext":"(\d+)"/.exec(body)?.[1] ?? '';
      taken.push({
        name: `${label} ${number}`.trim(),
        carriedOut: status < 300,
        afterEnd: !removes && call?.endedAt !== undefined,
        unkept: removes && status < 300 && !(call !== undefined && (await isKept(call))),
      });
    },
  };
}
