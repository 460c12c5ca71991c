import { callIndex } from '../../shared/adapters/storage/callIndex.ts';
import { memoryEntityTable } from '../../shared/adapters/storage/memoryEntityTable.ts';
import { timeline } from '../../shared/adapters/storage/timeline.ts';
import { advanceCall, type CallSignal } from '../../shared/calls/advanceCall.ts';
import { answerCall, callKeyOf } from '../../shared/calls/answerCall.ts';
import type { CallServices, CallSettings } from '../../shared/calls/callServices.ts';
import type { RecordingSource } from '../../shared/calls/recordings.ts';
import type { Ring } from '../../shared/calls/ringing.ts';
import { watchCall } from '../../shared/calls/watchCall.ts';
import { type CallEntry, stepsOf } from '../../shared/conversations/callEntry.ts';
import type { QueuedWake } from '../../shared/conversations/wakeQueue.ts';
import { ticksOf } from '../../shared/core/time.ts';
import { wakeUp } from '../../shared/sms/wakeUp.ts';
import { local, subscriber } from '../support/smsValues.ts';
import { smsWorld, start } from '../support/smsWorld.ts';
import { type FakeCalls, fakeCalls, serverCallId, type Turn } from './fakeCalls.ts';
import { memoryRecordings } from './memoryRecordings.ts';
import { file } from './script.ts';

const callSettings: CallSettings = {
  lease: 8_000,
  deadline: 3_500,
  ring: 28_000,
  ringOut: 130_000,
  watchEvery: 15_000,
  quiet: 30_000,
  speech: true,
};

export interface CallWorldOptions {
  readonly caller?: readonly Turn[];
  readonly takesTransfers?: boolean;
  readonly playbook?: unknown;
}

/** The call use cases over tables in memory, with a provider that has one call, and a clock that stands until it is moved. */
export function callWorld({ caller = [], takesTransfers, playbook = file }: CallWorldOptions = {}) {
  const sms = smsWorld({ playbook });
  const provider: FakeCalls = fakeCalls(caller, takesTransfers);
  const kept = new Map<string, Uint8Array>();
  const atProvider = new Map<string, Uint8Array>();
  const recordingSource: RecordingSource = {
    fetch: async (location) => atProvider.get(location),
    remove: async (location) => atProvider.delete(location),
  };
  const services: CallServices = {
    ...sms.services,
    recordings: memoryRecordings(kept),
    recordingSource,
    calls: provider.control,
    callIndex: callIndex(memoryEntityTable()),
    callSettings,
    addresses: { callback: ({ key }) => `https://app/${key}`, prompt: (name) => `https://app/prompts/${name}` },
  };
  const ring: Ring = {
    service: local,
    subscriber,
    at: ticksOf(start),
    correlationId: 'correlation-1',
    serverCallId,
    context: 'context-1',
  };
  const ref = { conversation: sms.conversation, key: callKeyOf(ring) };
  const entry = async (): Promise<CallEntry | undefined> => {
    const { items } = await timeline(sms.table).entries(sms.conversation, 100);
    return items.find((item) => item.direction === 'call');
  };

  return {
    ...sms,
    services,
    provider,
    ring,
    ref,
    kept,
    atProvider,
    entry,
    answer: (using = services) => answerCall(ring, using),
    /** Of the ring, or of the call that we made. */
    async signal(signal: CallSignal, using = services): Promise<void> {
      await advanceCall({ ...ref, key: (await entry())?.key ?? ref.key }, signal, using);
    },
    async wake(wake: QueuedWake, using = services): Promise<void> {
      if ('tell' in wake) return;
      await ('call' in wake ? watchCall(wake, using) : wakeUp(wake, using));
    },
    /** Delivers what the provider tells until it has nothing more to tell. */
    async play(): Promise<void> {
      for (let told = provider.events.shift(); told !== undefined; told = provider.events.shift())
        await this.signal(told);
    },
    steps: async () =>
      stepsOf((await entry())!).map(({ step, heard }) => (heard === undefined ? step : `${step}: ${heard}`)),
  };
}
