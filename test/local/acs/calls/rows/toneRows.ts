import { subscriber } from '../../anAcs.ts';
import { phone, user } from '../aLine.ts';
import { onGone, type Row, stranger } from './row.ts';

export const toneRows: readonly Row[] = [
  {
    name: 'startContinuousDtmfRecognition',
    async does({ line, id, media }) {
      await media.startContinuousDtmfRecognition(phone(subscriber));
      await line.press(id, 'one');
    },
    tells: ['ContinuousDtmfRecognitionToneReceived'],
    errors: [
      onGone((call) => call.getCallMedia().startContinuousDtmfRecognition(phone(subscriber))),
      ['of nobody', ({ media }) => media.startContinuousDtmfRecognition(phone(stranger)), 404, '8522'],
    ],
  },
  {
    name: 'stopContinuousDtmfRecognition',
    async does({ media }) {
      await media.startContinuousDtmfRecognition(phone(subscriber));
      await media.stopContinuousDtmfRecognition(phone(subscriber));
    },
    tells: ['ContinuousDtmfRecognitionStopped'],
    errors: [
      onGone((call) => call.getCallMedia().stopContinuousDtmfRecognition(phone(subscriber))),
      ['that never began', ({ media }) => media.stopContinuousDtmfRecognition(phone(subscriber)), 400, '8585'],
    ],
  },
  {
    name: 'sendDtmfTones',
    does: ({ media }) => media.sendDtmfTones(['one'], phone(subscriber), { operationContext: 'o' }),
    answers: { operationContext: 'o' },
    tells: ['SendDtmfTonesCompleted'],
    errors: [
      onGone((call) => call.getCallMedia().sendDtmfTones(['one'], phone(subscriber))),
      ['nineteen of them', ({ media }) => media.sendDtmfTones(Array(19).fill('one'), phone(subscriber)), 400, '8523'],
      [
        'to a user',
        async ({ line }) => (await line.answer(user)).media.sendDtmfTones(['one'], { communicationUserId: user }),
        400,
        '8523',
      ],
    ],
  },
];
