import { subscriber } from '../../anAcs.ts';
import { agent, phone, text } from '../aLine.ts';
import { onGone, type Row, stranger } from './row.ts';

const dtmf = { kind: 'callMediaRecognizeDtmfOptions', maxTonesToCollect: 1 } as const;
const streams = {
  transcriptionOptions: { locale: 'en-US', transportUrl: 'wss://local.world', transportType: 'websocket' },
  mediaStreamingOptions: {
    transportUrl: 'wss://local.world',
    transportType: 'websocket',
    contentType: 'audio',
    audioChannelType: 'mixed',
  },
} as never;

export const mediaRows: readonly Row[] = [
  {
    name: 'play',
    does: ({ media }) => media.play([text('hello')], [phone(subscriber)]),
    tells: ['PlayCompleted'],
    errors: [
      onGone((call) => call.getCallMedia().play([text('hello')], [phone(subscriber)])),
      ['to somebody who is not on it', ({ media }) => media.play([text('hello')], [phone(stranger)]), 404, '8522'],
      [
        'beside another to a participant',
        async ({ line, media }) => {
          line.dials.change({ calls: { promptScale: 1 } });
          await media.play([text('hello')], [phone(subscriber)]);
          return media.play([text('again')], [phone(subscriber)]);
        },
        412,
        '8583',
      ],
    ],
  },
  {
    name: 'playToAll',
    does: ({ media }) => media.playToAll([text('hello'), { kind: 'ssmlSource', ssmlText: '<speak>hi</speak>' }]),
    tells: ['PlayCompleted'],
    errors: [
      onGone((call) => call.getCallMedia().playToAll([text('hello')])),
      [
        'without a speech service',
        async ({ line }) => {
          const { media } = await line.answer(agent, { callIntelligenceOptions: {} });
          return media.playToAll([text('hello')]);
        },
        400,
        '8567',
      ],
      [
        'beside another, if they do not wait',
        async ({ line, media }) => {
          line.dials.change({ calls: { promptScale: 1 }, switches: { mediaBusy: 'refused' } });
          await media.playToAll([text('hello')]);
          return media.playToAll([text('again')]);
        },
        400,
        '8500',
      ],
    ],
  },
  {
    name: 'startRecognizing',
    async does({ line, id, media }) {
      await media.startRecognizing(phone(subscriber), { ...dtmf });
      await line.press(id, 'one');
    },
    tells: ['RecognizeCompleted'],
    errors: [
      onGone((call) => call.getCallMedia().startRecognizing(phone(subscriber), { ...dtmf })),
      [
        'of somebody who is not on it',
        ({ media }) => media.startRecognizing(phone(stranger), { ...dtmf }),
        404,
        '8522',
      ],
      [
        'of choices that are not there',
        ({ media }) =>
          media.startRecognizing(phone(subscriber), { kind: 'callMediaRecognizeChoiceOptions', choices: [] }),
        400,
        '8523',
      ],
    ],
  },
  {
    name: 'cancelAllOperations',
    async does({ media }) {
      await media.startRecognizing(phone(subscriber), { ...dtmf });
      return media.cancelAllOperations();
    },
    tells: ['RecognizeCanceled', 1, 400],
    errors: [
      onGone((call) => call.getCallMedia().cancelAllOperations()),
      [
        'on no call',
        ({ line }) => line.client.getCallConnection('none').getCallMedia().cancelAllOperations(),
        404,
        '8522',
      ],
    ],
  },
  {
    name: 'hold',
    async does({ call, media }) {
      await media.hold(phone(subscriber), { playSource: text('please wait') });
      return call.getParticipant(phone(subscriber));
    },
    answers: { isOnHold: true },
    tells: ['ParticipantsUpdated', 2],
    errors: [
      onGone((call) => call.getCallMedia().hold(phone(subscriber))),
      ['of nobody', ({ media }) => media.hold(phone(stranger)), 404, '8522'],
    ],
  },
  {
    name: 'unhold',
    async does({ call, media }) {
      await media.hold(phone(subscriber));
      await media.unhold(phone(subscriber));
      return call.getParticipant(phone(subscriber));
    },
    answers: { isOnHold: false },
    tells: ['ParticipantsUpdated', 3],
    errors: [
      onGone((call) => call.getCallMedia().unhold(phone(subscriber))),
      ['of somebody who is not on hold', ({ media }) => media.unhold(phone(subscriber)), 400, '8585'],
    ],
  },
  ...(['startTranscription', 'stopTranscription', 'startMediaStreaming', 'stopMediaStreaming'] as const).map(
    (name): Row => ({
      name,
      does: async ({ line }) => (await line.answer(agent, streams)).media[name](),
      tells: [
        {
          startTranscription: 'TranscriptionStarted',
          stopTranscription: 'TranscriptionStopped',
          startMediaStreaming: 'MediaStreamingStarted',
          stopMediaStreaming: 'MediaStreamingStopped',
        }[name],
      ],
      errors: [
        onGone((call) => call.getCallMedia()[name]()),
        ['that was not prepared', ({ media }) => media[name](), 400, '8585'],
      ],
    }),
  ),
  {
    name: 'updateTranscription',
    does: async ({ line }) => (await line.answer(agent, streams)).media.updateTranscription('de-DE'),
    tells: ['TranscriptionUpdated'],
    errors: [
      onGone((call) => call.getCallMedia().updateTranscription('de-DE')),
      ['that was not prepared', ({ media }) => media.updateTranscription('de-DE'), 400, '8585'],
    ],
  },
];
