import { expect } from 'vitest';
import { tollFree } from '../../anAcs.ts';
import { agent, phone } from '../aLine.ts';
import { invite, onGone, type Row, stranger, withSource } from './row.ts';

export const callRows: readonly Row[] = [
  {
    name: 'createCall',
    async does({ line }) {
      await line.admin('PUT', `/handsets/${agent}`, { does: 'answer' });
      const { callConnectionProperties } = await line.client.createCall(invite(agent), line.callback);
      line.timers.advance(1_000);
      await line.app.told('CallConnected', 2);
      return callConnectionProperties;
    },
    answers: { callConnectionState: 'connecting', source: phone(tollFree), targetParticipants: [phone(agent)] },
    tells: ['CallConnected', 2],
    errors: [
      [
        "from somebody else's number",
        ({ line }) =>
          line.client.createCall(
            { targetParticipant: phone(agent), sourceCallIdNumber: phone(stranger) },
            line.callback,
          ),
        403,
        '7507',
      ],
      ['to no number', ({ line }) => line.client.createCall(invite('bakery'), line.callback), 400, '8523'],
      ['without a source', ({ line }) => line.client.createGroupCall([phone(agent)], line.callback), 400, '8523'],
    ],
  },
  {
    name: 'createGroupCall',
    async does({ line }) {
      await line.admin('PUT', `/handsets/${agent}`, { does: 'answer' });
      const { callConnectionProperties } = await line.client.createGroupCall(
        [phone(agent), phone(stranger)],
        line.callback,
        withSource,
      );
      line.timers.advance(1_000);
      return callConnectionProperties;
    },
    answers: { targetParticipants: [phone(agent), phone(stranger)] },
    tells: ['CallConnected', 2],
    errors: [
      ['without a source', ({ line }) => line.client.createGroupCall([phone(agent)], line.callback), 400, '8523'],
      ['of nobody', ({ line }) => line.client.createGroupCall([], line.callback, withSource), 400, '8523'],
    ],
  },
  {
    name: 'answerCall',
    async does({ line }) {
      const { context } = await line.ring(agent);
      const { callConnectionProperties } = await line.client.answerCall(context, line.callback, {
        operationContext: 'o',
      });
      return callConnectionProperties;
    },
    answers: {
      callConnectionState: 'connecting',
      source: phone(agent),
      targetParticipants: [phone(tollFree)],
      answeredFor: phone(tollFree),
      sourceCallerIdNumber: phone(agent),
    },
    tells: ['CallConnected', 2],
    errors: [
      ['of no call', ({ line }) => line.client.answerCall('eyJ.a.b', line.callback), 400, '8523'],
      ['a second time', ({ line, context }) => line.client.answerCall(context, line.callback), 409, '8519'],
      [
        'when the caller has gone',
        async ({ line }) => {
          const { id, context } = await line.ring(agent);
          await line.admin('DELETE', `/calls/${id}`);
          return line.client.answerCall(context, line.callback);
        },
        404,
        '8522',
      ],
    ],
  },
  {
    name: 'rejectCall',
    does: async ({ line }) => line.client.rejectCall((await line.ring(agent)).context, { callRejectReason: 'busy' }),
    errors: [
      ['of no call', ({ line }) => line.client.rejectCall('eyJ.a.b'), 400, '8523'],
      ['of an answered call', ({ line, context }) => line.client.rejectCall(context), 409, '8519'],
    ],
  },
  {
    name: 'redirectCall',
    does: async ({ line }) => line.client.redirectCall((await line.ring(agent)).context, invite(stranger)),
    errors: [
      ['of no call', ({ line }) => line.client.redirectCall('eyJ.a.b', invite(stranger)), 400, '8523'],
      ['of an answered call', ({ line, context }) => line.client.redirectCall(context, invite(stranger)), 409, '8519'],
    ],
  },
  {
    name: 'connectCall',
    async does({ line, call, properties }) {
      await line.admin('PUT', `/handsets/${agent}`, { does: 'answer' });
      await call.transferCallToParticipant(phone(agent));
      line.timers.advance(1_000);
      await line.app.told('CallDisconnected');
      const locator = { id: properties.serverCallId!, kind: 'serverCallLocator' } as const;
      return (await line.client.connectCall(locator, line.callback)).callConnectionProperties;
    },
    answers: { callConnectionState: 'connecting' },
    tells: ['CallConnected', 2],
    errors: [
      [
        'to no call',
        ({ line }) => line.client.connectCall({ id: 'x', kind: 'serverCallLocator' }, line.callback),
        404,
        '8522',
      ],
      [
        'to a call that it is on',
        ({ line, properties }) =>
          line.client.connectCall({ id: properties.serverCallId!, kind: 'serverCallLocator' }, line.callback),
        409,
        '8519',
      ],
    ],
  },
  {
    name: 'getCallConnectionProperties',
    does: ({ call }) => call.getCallConnectionProperties(),
    answers: {
      callConnectionState: 'connected',
      callConnectionId: expect.any(String),
      correlationId: expect.any(String),
    },
    errors: [
      onGone((call) => call.getCallConnectionProperties()),
      ['of no call', ({ line }) => line.client.getCallConnection('none').getCallConnectionProperties(), 404, '8522'],
    ],
  },
  {
    name: 'hangUp for itself',
    does: ({ call }) => call.hangUp(false),
    tells: ['CallDisconnected'],
    errors: [
      onGone((call) => call.hangUp(false)),
      ['of no call', ({ line }) => line.client.getCallConnection('none').hangUp(false), 404, '8522'],
    ],
  },
  {
    name: 'hangUp for everyone',
    does: ({ call }) => call.hangUp(true),
    tells: ['CallDisconnected'],
    errors: [
      onGone((call) => call.hangUp(true)),
      ['of no call', ({ line }) => line.client.getCallConnection('none').hangUp(true), 404, '8522'],
    ],
  },
  {
    name: 'transferCallToParticipant',
    async does({ line, call, id }) {
      const result = await call.transferCallToParticipant(phone(agent), { operationContext: 'o' });
      await line.admin('POST', `/calls/${id}/answer`, {});
      return result;
    },
    answers: { operationContext: 'o' },
    tells: ['CallTransferAccepted'],
    errors: [
      onGone((call) => call.transferCallToParticipant(phone(agent))),
      [
        'while another is under way',
        async ({ call }) => {
          await call.transferCallToParticipant(phone(agent));
          return call.transferCallToParticipant(phone(stranger));
        },
        400,
        '8585',
      ],
    ],
  },
];
