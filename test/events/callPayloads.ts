/** Events about calls in the shape in which they are documented and were seen (docs/acs-wire.md). */
export const topic =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/dev/providers/Microsoft.Communication/communicationServices/emu';

const event = <D extends object>(name: string, eventTime: string, subject: string, data: D) => ({
  id: 'd5546be8-0000-4000-8000-000000000003',
  topic,
  subject,
  eventType: `Microsoft.Communication.${name}`,
  eventTime,
  data,
  dataVersion: '1.0',
  metadataVersion: '1',
});

const telephone = (number: string) => ({
  kind: 'phoneNumber',
  rawId: `4:${number}`,
  phoneNumber: { value: number },
});
const ada = {
  communicationIdentifier: {
    kind: 'communicationUser',
    rawId: '8:acs:r_u',
    communicationUser: { id: '8:acs:r_u' },
  },
  role: 'Attendee',
};
const leg = {
  startedBy: ada,
  serverCallId: 'aHR0cDovL2VtdWxhdG9y',
  correlationId: 'c1',
  isTwoParty: false,
  isRoomsCall: false,
};

export const ringing = event(
  'IncomingCall',
  '2026-11-24T02:01:00.1234567Z',
  '/caller/4:+14255550101/recipient/4:+18005550100',
  {
    to: telephone('+18005550100'),
    from: telephone('+14255550101'),
    serverCallId: 'aHR0cDovL2VtdWxhdG9yL2NvbnYvMQ',
    callerDisplayName: '',
    customContext: { sipHeaders: { 'User-To-User': '616263;encoding=hex' }, voipHeaders: {} },
    incomingCallContext: 'eyJhbGciOiJub25lIn0.eyJjYyI6ImVtdSJ9.',
    correlationId: 'd732db64-0000-4000-8000-000000000004',
  },
);

export const callEnded = event('CallEnded', '2026-11-24T02:01:51Z', 'call/aHR0cDovL2VtdWxhdG9y', {
  callDurationInSeconds: 49.7,
  durationOfCall: 49.7,
  reason: { code: 0, subCode: 0, phrase: 'CallEnded' },
  endedBy: { ...ada, type: 'Participant', name: 'u' },
  ...leg,
});

export const callParticipantAdded = event(
  'CallParticipantAdded',
  '2026-11-24T02:01:02Z',
  'call/aHR0cDovL2VtdWxhdG9y/participant/8:acs:r_u',
  {
    user: ada,
    displayName: 'Ada',
    participantId: '041e3b8a-0000-4000-8000-000000000008',
    endpointType: 'emu/1',
    ...leg,
  },
);

const recording = 'https://us-storage.asm.skype.com/v1/objects/0-eus-d1-abc';

export const recordingFileStatusUpdated = event(
  'RecordingFileStatusUpdated',
  '2026-11-24T02:03:00Z',
  '/recording/call/c1/serverCallId/aHR0cDovL2VtdWxhdG9y/recordingId/rec1',
  {
    recordingStorageInfo: {
      recordingChunks: [
        {
          documentId: '0-eus-d1-abc',
          index: 0,
          endReason: 'SessionEnded',
          contentLocation: `${recording}/content/audio`,
          metadataLocation: `${recording}/content/acsmetadata`,
          deleteLocation: recording,
        },
      ],
    },
    recordingStartTime: '2026-11-24T02:01:05Z',
    recordingDurationMs: 6620,
    sessionEndReason: 'CallEnded',
    recordingContentType: 'Audio',
    recordingChannelType: 'Mixed',
    recordingFormatType: 'Wav',
    recordingId: 'rec1',
    storageType: 'ACS',
  },
);
