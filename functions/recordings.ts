import { app } from '@azure/functions';
import { findRecording, readRecording } from '../shared/calls/readRecording.ts';
import { askedRange } from '../shared/http/byteRange.ts';
import { callRoutes as routes } from '../shared/http/calls.ts';
import { answer } from '../shared/http/route.ts';
import { onRequest } from '../shared/runtime/onRequest.ts';

/** What was recorded on a call, or a part of it. */
app.http(
  routes.recording.name,
  onRequest(routes.recording, async ({ params: { id, entry }, query, headers: { range } }, services) => {
    const { ref, bytes: size } = await findRecording({ conversation: id, key: entry }, query.recording, services);
    const asked = askedRange(range, size);
    if (asked === 'unsatisfiable') return answer(416, undefined, { 'Content-Range': `bytes */${size}` });
    const { from, to } = asked ?? { from: 0, to: size - 1 };
    const wav = await readRecording(ref, { from, to }, services.recordings);
    const headers = { 'Content-Type': 'audio/wav', 'Accept-Ranges': 'bytes' };
    return asked === undefined
      ? answer(200, wav, headers)
      : answer(206, wav, { ...headers, 'Content-Range': `bytes ${from}-${to}/${size}` });
  }),
);
