import { keyedDigest } from '../core/hash.ts';

declare const userKey: unique symbol;

/** A user's pseudonym, 22 characters: names them in storage, logs and URLs without telling who they are. */
export type UserKey = string & { readonly [userKey]: never };

const form = /^[A-Za-z0-9_-]{22}$/;

/** `undefined` for what is none. */
export const parseUserKey = (text: string): UserKey | undefined => (form.test(text) ? (text as UserKey) : undefined);

/** Made from the issuer and the subject of a verified token, and of the key, so that only we can make it. */
export const userKeyOf = (key: string, { issuer, subject }: { readonly issuer: string; readonly subject: string }) =>
  keyedDigest(key, `${issuer}|${subject}`, 16) as UserKey;
