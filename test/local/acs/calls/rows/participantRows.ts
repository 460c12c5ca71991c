import { expect } from 'vitest';
import { subscriber } from '../../anAcs.ts';
import { agent, phone } from '../aLine.ts';
import { invite, onGone, type Row, stranger } from './row.ts';

export const participantRows: readonly Row[] = [
  {
    name: 'addParticipant',
    async does({ line, call, id }) {
      const result = await call.addParticipant(invite(agent), { operationContext: 'o' });
      await line.admin('POST', `/calls/${id}/answer`, {});
      return result;
    },
    answers: { operationContext: 'o', participant: { identifier: phone(agent) }, invitationId: expect.any(String) },
    tells: ['AddParticipantSucceeded'],
    errors: [
      onGone((call) => call.addParticipant(invite(agent))),
      ['who is on it', ({ call }) => call.addParticipant(invite(subscriber)), 400, '8523'],
      [
        'to a call that is not established',
        async ({ line }) => {
          const { callConnection } = await line.client.createCall(invite(agent), line.callback);
          return callConnection.addParticipant(invite(stranger));
        },
        400,
        '8501',
      ],
    ],
  },
  {
    name: 'cancelAddParticipantOperation',
    async does({ call }) {
      const { invitationId } = await call.addParticipant(invite(agent));
      return call.cancelAddParticipantOperation(invitationId!, { operationContext: 'o' });
    },
    answers: { operationContext: 'o', invitationId: expect.any(String) },
    tells: ['CancelAddParticipantSucceeded'],
    errors: [
      onGone((call) => call.cancelAddParticipantOperation('none')),
      ['of nobody', ({ call }) => call.cancelAddParticipantOperation('none'), 404, '8522'],
    ],
  },
  {
    name: 'removeParticipant',
    does: ({ call }) => call.removeParticipant(phone(subscriber), { operationContext: 'o' }),
    answers: { operationContext: 'o' },
    tells: ['RemoveParticipantSucceeded'],
    errors: [
      onGone((call) => call.removeParticipant(phone(subscriber))),
      ['who is not on it', ({ call }) => call.removeParticipant(phone(stranger)), 404, '8522'],
    ],
  },
  {
    name: 'moveParticipants',
    async does({ line, call }) {
      const other = await line.answer(agent);
      return call.moveParticipants([phone(agent)], other.properties.callConnectionId!, { operationContext: 'o' });
    },
    answers: { operationContext: 'o', participants: [{ identifier: phone(subscriber) }, { identifier: phone(agent) }] },
    tells: ['MoveParticipantSucceeded'],
    errors: [
      onGone((call) => call.moveParticipants([phone(agent)], 'none')),
      ['from no call', ({ call }) => call.moveParticipants([phone(agent)], 'none'), 404, '8522'],
    ],
  },
  {
    name: 'muteParticipant',
    does: async ({ call }) => {
      await call.muteParticipant(phone(subscriber));
      return call.getParticipant(phone(subscriber));
    },
    answers: { isMuted: true },
    tells: ['ParticipantsUpdated', 2],
    errors: [
      onGone((call) => call.muteParticipant(phone(subscriber))),
      ['who is not on it', ({ call }) => call.muteParticipant(phone(stranger)), 404, '8522'],
    ],
  },
  {
    name: 'listParticipants',
    does: ({ call }) => call.listParticipants(),
    answers: { values: [{ identifier: phone(subscriber), isMuted: false, isOnHold: false }] },
    errors: [
      onGone((call) => call.listParticipants()),
      ['of no call', ({ line }) => line.client.getCallConnection('none').listParticipants(), 404, '8522'],
    ],
  },
  {
    name: 'getParticipant',
    does: ({ call }) => call.getParticipant(phone(subscriber)),
    answers: { identifier: phone(subscriber), isMuted: false },
    errors: [
      onGone((call) => call.getParticipant(phone(subscriber))),
      ['who is not on it', ({ call }) => call.getParticipant(phone(stranger)), 404, '8522'],
    ],
  },
];
