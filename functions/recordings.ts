import { app } from '@azure/functions';
import { readRecording, recordingSize } from '../shared/calls/readRecording.ts';
import { askedRange } from '../shared/http/byteRange.ts';
import { callRoutes as routes } from '../shared/http/calls.ts';
import { answer } from '../shared/http/route.ts';
import { onRequest } from '../shared/runtime/onRequest.ts';

/** What was recorded on a call, or a part of it. */
app.http(
  routes.recording.name,
  onRequest(routes.recording, async ({ params: { id, entry }, headers: { range } }, { recordings }) => {
    const call = { conversation: id, key: entry };
    const size = await recordingSize(call, recordings);
    const asked = askedRange(range, size);
    if (asked === 'unsatisfiable') return answer(416, undefined, { 'Content-Range': `bytes */${size}` });
    const { from, to } = asked ?? { from: 0, to: size - 1 };
    const wav = await readRecording(call, { from, to }, recordings);
    const headers = { 'Content-Type': 'audio/wav', 'Accept-Ranges': 'bytes' };
    return asked === undefined
      ? answer(200, wav, headers)
      : answer(206, wav, { ...headers, 'Content-Range': `bytes ${from}-${to}/${size}` });
  }),
);
