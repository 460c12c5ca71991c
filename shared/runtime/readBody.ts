import type { HttpRequest } from '@azure/functions';
import { AppError } from '../core/errors.ts';
import { InvalidRequest } from '../http/readRequest.ts';

/** Bytes. The longest text there is takes 8 KiB; the rest is room for escapes and for what may come. */
const largestBody = 256 * 1024;

/** A request's JSON, or its text where the route takes another type, still unread by a schema. Throws `too-large`, `unsupported-media-type` or `invalid-input`. */
export async function readBody(request: HttpRequest, type: string = 'application/json'): Promise<unknown> {
  const [sent = ''] = (request.headers.get('content-type') ?? '').split(';');
  if (sent.trim().toLowerCase() !== type)
    throw new AppError('unsupported-media-type', `Send the body as Content-Type: ${type}.`);
  if (Number(request.headers.get('content-length')) > largestBody) throw tooLarge();
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > largestBody) throw tooLarge();
  // The host passes on no body that comes in chunks, so to us it looks like none.
  if (bytes.byteLength === 0) throw faulty('is missing; one without a Content-Length does not arrive');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return type === 'application/json' ? JSON.parse(text) : text;
  } catch {
    throw faulty(type === 'application/json' ? 'is not JSON in UTF-8' : 'is not text in UTF-8');
  }
}

const tooLarge = (): AppError => new AppError('too-large', `A body may have ${largestBody / 1024} KiB at most.`);

const faulty = (detail: string): InvalidRequest => new InvalidRequest([{ in: 'body', field: '', detail }]);
