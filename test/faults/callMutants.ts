import type { CallOrder } from '../../shared/calls/callControl.ts';
import { callAt } from '../../shared/calls/callStore.ts';
import { identityOf } from '../../shared/calls/orderOf.ts';
import type { Mutant } from './uses.ts';

/** What each rule of calls is for, told by what happens without it. */
export const callMutants = {
  commandNumberIgnored: {
    name: 'an event of any command counts as one of the latest',
    callUses: ({ takeCallback }) => ({
      async takeCallback(callback, services) {
        const call = await callAt(callback.ref, services.store);
        const latest = { operationContext: String(call?.value.command) };
        const events = callback.body as readonly { readonly data: object }[];
        const body = events.map((event) => ({ ...event, data: { ...event.data, ...latest } }));
        return takeCallback({ ...callback, body }, services);
      },
    }),
  },
  movedWithoutETag: {
    name: 'a call is moved on whatever it has become',
    callServices: (services) => ({
      ...services,
      store: {
        ...services.store,
        async judge(conversation, { value }) {
          const read = await services.store.entry(conversation, value.key);
          return services.store.judge(conversation, { value, etag: read?.etag });
        },
      },
    }),
  },
  commandedAfterTheEnd: {
    name: 'a call is hung up once more when it is over',
    callServices: (services) => ({
      ...services,
      store: {
        ...services.store,
        async commit(commit) {
          const result = await services.store.commit(commit);
          const call = commit.judge?.value;
          if (call !== undefined && 'endedAt' in call && call.callConnectionId !== undefined)
            await services.calls.carryOut({ ...call, type: 'hangUp' } as CallOrder, identityOf(call), 4_000);
          return result;
        },
      },
    }),
  },
  removedBeforeKept: {
    name: 'a recording is removed at the provider once it is fetched',
    callServices: (services) => ({
      ...services,
      recordingSource: {
        ...services.recordingSource,
        async fetch(location) {
          const file = await services.recordingSource.fetch(location);
          await services.recordingSource.remove(location.replace(/\/content\/.*/, ''));
          return file;
        },
      },
    }),
  },
  nobodyWatches: {
    name: 'no wake looks after a call',
    callServices: (services) => ({
      ...services,
      wakes: {
        ...services.wakes,
        async arm(wake, at) {
          if (!('call' in wake)) await services.wakes.arm(wake, at);
        },
      },
    }),
  },
} as const satisfies Readonly<Record<string, Mutant>>;
