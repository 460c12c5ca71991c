import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import type { HttpContext } from '../answer.ts';
import { denial, type Gate } from '../authentication.ts';
import type { Desk } from '../calls/desk.ts';
import { durations } from '../calls/rules.ts';
import { requestErrors } from '../rules.ts';
import { signatureProblem } from '../signature.ts';
import type { RecordedChunk, Recording } from './recording.ts';
import { wavBytes, wavSize } from './wavFile.ts';

type Wire = Hono<{ Bindings: HttpBindings }>;

/**
 * The files of recordings, at the paths that their locations have. An SDK reaches them if its requests for
 * `*.asm.skype.com` are sent here.
 */
export function addDownloads(app: Wire, desk: Desk, gate: Gate): void {
  const guarded = (serve: (c: HttpContext, found: Found) => Response) => async (c: HttpContext) => {
    const problem = await recordingDenial(c, gate);
    if (problem !== undefined) {
      desk.log('warn', 'acs.denied', { reason: problem });
      const { status, body } = requestErrors.denied;
      return Response.json({ status, message: body.error.message }, { status });
    }
    const found = fileOf(desk, c.req.param('documentId') ?? '');
    return found === undefined ? Response.json(gone, { status: 404 }) : serve(c, found);
  };
  app.get('/v1/objects/:documentId/content/audio', guarded(download));
  app.get(
    '/v1/objects/:documentId/content/acsmetadata',
    guarded((_c, found) => Response.json(metadata(found))),
  );
  app.delete(
    '/v1/objects/:documentId',
    guarded((_c, { recording, chunk }) => {
      recording.deleted.add(chunk.documentId);
      return new Response(null, { status: 200 });
    }),
  );
}

/** SDKs read these two from the top of the body, unlike everywhere else. */
const gone = { status: 404, message: 'There is no such recording: it was deleted, is older than a day, or never was.' };

/** What is signed is the path without its query, and the host of the resource, which the SDK names in a header of its own. */
async function recordingDenial(c: HttpContext, gate: Gate): Promise<string | undefined> {
  const { url = '', method = '', headers } = c.env.incoming;
  if (!/^HMAC-SHA256 /.test(headers.authorization ?? '')) return denial(c, new Uint8Array(), gate);
  const [target = ''] = url.split('?');
  const host = headers['x-ms-host'];
  const signed = typeof host === 'string' ? { ...headers, host } : headers;
  const request = { method, target, headers: signed, body: new Uint8Array() };
  return signatureProblem(request, gate.key, { now: gate.now(), tolerance: gate.tolerance() });
}

interface Found {
  readonly recording: Recording;
  readonly chunk: RecordedChunk;
}

/** Kept for a day from the end of the recording. */
function fileOf({ recordings, pace }: Desk, documentId: string): Found | undefined {
  for (const recording of recordings.values()) {
    const chunk = recording.chunks.find((each) => each.documentId === documentId);
    if (chunk === undefined) continue;
    const age = pace.now() - (recording.endedAt ?? pace.now());
    return recording.deleted.has(documentId) || age > durations.recordingKept ? undefined : { recording, chunk };
  }
  return undefined;
}

function download(c: HttpContext, { chunk }: Found): Response {
  const size = wavSize(chunk.length);
  const headers = { 'content-type': 'audio/wav', 'accept-ranges': 'bytes' };
  const range = c.req.header('range');
  if (range === undefined) return new Response(wavBytes(chunk.length), { headers });
  const [from, to] = readRange(range, size) ?? [];
  if (from === undefined || to === undefined) {
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } });
  }
  const contentRange = { 'content-range': `bytes ${from}-${to}/${size}` };
  return new Response(wavBytes(chunk.length, from, to), { status: 206, headers: { ...headers, ...contentRange } });
}

/** One stretch of bytes, open at either end (RFC 9110, 14.1.2); `undefined` if there is nothing of it. */
function readRange(range: string, size: number): readonly [number, number] | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range.trim()) ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return from <= to ? [from, to] : undefined;
}

const metadata = ({ recording, chunk }: Found) => ({
  resourceId: 'local',
  callId: recording.callId,
  chunkDocumentId: chunk.documentId,
  chunkIndex: chunk.index,
  chunkStartTime: new Date(recording.startedAt).toISOString(),
  chunkDuration: chunk.length,
  recordingInfo: { contentType: 'audio', channelType: recording.channelType, format: 'wav' },
});
