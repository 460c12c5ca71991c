import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A request as it came over the wire, before any framework has tidied it. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query, byte for byte. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

export interface SignatureTerms {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How far the date of a request may lie from ours, in milliseconds; absent: as far as it likes. */
  readonly tolerance?: number | undefined;
}

const authorizationForm = /^HMAC-SHA256 SignedHeaders=([\w;-]+)&Signature=([A-Za-z0-9+/]+={0,2})$/;

/**
 * Why a request is not signed with this key, in words for the log, or `undefined` if it is: HMAC-SHA256 over method, path
 * and query, and the headers named (https://learn.microsoft.com/rest/api/communication/authentication).
 */
export function signatureProblem(request: SignedRequest, key: Uint8Array, terms: SignatureTerms): string | undefined {
  const { headers } = request;
  const [, names = '', signature = ''] = authorizationForm.exec(headers.authorization ?? '') ?? [];
  const signed = names.split(';');
  const dateName = ['x-ms-date', 'date'].find((name) => signed.includes(name));
  if (dateName === undefined || !signed.includes('host') || !signed.includes('x-ms-content-sha256')) {
    return 'the authorization header does not sign date, host and x-ms-content-sha256';
  }
  const hash = createHash('sha256').update(request.body).digest('base64');
  if (headers['x-ms-content-sha256'] !== hash) return 'x-ms-content-sha256 is not the hash of the body';
  const problem = dateProblem(String(headers[dateName]), terms);
  if (problem !== undefined) return problem;
  return isSigned(request, { key, signed, signature }) ? undefined : 'the signature is wrong';
}

function dateProblem(date: string, { now, tolerance }: SignatureTerms): string | undefined {
  const at = parseFixdate(date);
  if (at === undefined) return 'the date is not of the form "Tue, 24 Nov 2026 02:00:00 GMT"';
  if (tolerance !== undefined && Math.abs(now - at) > tolerance) return 'the date is too far from the present';
  return undefined;
}

/** Milliseconds since 1970 of an IMF-fixdate (RFC 9110), the only form of date on this wire. */
export function parseFixdate(text: string): number | undefined {
  const at = Date.parse(text);
  return !Number.isNaN(at) && new Date(at).toUTCString() === text ? at : undefined;
}

interface Claimed {
  readonly key: Uint8Array;
  readonly signed: readonly string[];
  readonly signature: string;
}

function isSigned(request: SignedRequest, { key, signed, signature }: Claimed): boolean {
  const values = signed.map((name) => request.headers[name]).join(';');
  const claimed = Buffer.from(signature, 'base64');
  return signedForms(request.target).some((form) => {
    const expected = createHmac('sha256', key).update(`${request.method}\n${form}\n${values}`).digest();
    return claimed.length === expected.length && timingSafeEqual(claimed, expected);
  });
}

/** SDKs sign the query as a form would encode it, which is not what they send (`%20` is signed as `+`); others sign the wire text. */
function signedForms(target: string): readonly string[] {
  const url = URL.parse(target, 'http://host');
  if (url === null) return [target];
  const query = url.searchParams.toString();
  return [query === '' ? url.pathname : `${url.pathname}?${query}`, target];
}
