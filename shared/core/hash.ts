import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** The first `bytes` of SHA-256 of the text, in base64url. */
export const digest = (text: string, bytes = 32): string =>
  createHash('sha256').update(text).digest().subarray(0, bytes).toString('base64url');

/** The same, which only the holder of the key can make. */
export const keyedDigest = (key: string, text: string, bytes = 32): string =>
  createHmac('sha256', key).update(text).digest().subarray(0, bytes).toString('base64url');

/** Whether two texts are the same, in a time that tells nothing of where they differ. */
export const sameText = (one: string, other: string): boolean =>
  timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest());

/** A UUID (RFC 9562 version 8, "custom") made from a text: the same text, the same UUID. */
export function uuidFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
