import { expect } from 'vitest';
import type { Given, Row } from './row.ts';

const wav = { recordingContent: 'audio', recordingChannel: 'mixed', recordingFormat: 'wav' } as const;
const record = ({ line, properties }: Given, more: object = {}) =>
  line.client.getCallRecording().start({
    callLocator: { id: properties.serverCallId!, kind: 'serverCallLocator' },
    ...wav,
    recordingStateCallbackEndpointUrl: line.callback,
    ...more,
  });
const recordings = ({ line }: Given) => line.client.getCallRecording();

export const recordingRows: readonly Row[] = [
  {
    name: 'recording start',
    does: (given) => record(given),
    answers: { recordingId: expect.any(String), recordingState: 'active' },
    tells: ['RecordingStateChanged'],
    errors: [
      ['twice', async (given) => record(given).then(() => record(given)), 400, '8553'],
      ['of no call', (given) => record(given, { callLocator: { id: 'x', kind: 'serverCallLocator' } }), 404, '8522'],
      ['as mp4', (given) => record(given, { recordingFormat: 'mp4' }), 405, '8520'],
    ],
  },
  {
    name: 'recording getState',
    does: async (given) => recordings(given).getState((await record(given, { pauseOnStart: true })).recordingId!),
    answers: { recordingState: 'inactive' },
    errors: [
      ['of none', (given) => recordings(given).getState('none'), 404, '8522'],
      [
        'of one that has ended',
        async (given) => {
          const { recordingId } = await record(given);
          await recordings(given).stop(recordingId!);
          return recordings(given).getState(recordingId!);
        },
        404,
        '8522',
      ],
    ],
  },
  {
    name: 'recording pause',
    does: async (given) => recordings(given).pause((await record(given)).recordingId!),
    tells: ['RecordingStateChanged', 2],
    errors: [
      ['of none', (given) => recordings(given).pause('none'), 404, '8522'],
      [
        'of a paused one',
        async (given) => recordings(given).pause((await record(given, { pauseOnStart: true })).recordingId!),
        400,
        '8573',
      ],
    ],
  },
  {
    name: 'recording resume',
    does: async (given) => recordings(given).resume((await record(given, { pauseOnStart: true })).recordingId!),
    tells: ['RecordingStateChanged', 2],
    errors: [
      ['of none', (given) => recordings(given).resume('none'), 404, '8522'],
      ['of one that runs', async (given) => recordings(given).resume((await record(given)).recordingId!), 400, '8573'],
    ],
  },
  {
    name: 'recording stop',
    does: async (given) => recordings(given).stop((await record(given)).recordingId!),
    tells: ['RecordingStateChanged', 2],
    errors: [
      ['of none', (given) => recordings(given).stop('none'), 404, '8522'],
      [
        'twice',
        async (given) => {
          const { recordingId } = await record(given);
          await recordings(given).stop(recordingId!);
          return recordings(given).stop(recordingId!);
        },
        404,
        '8522',
      ],
    ],
  },
];
