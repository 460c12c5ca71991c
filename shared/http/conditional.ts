import { digest } from '../core/hash.ts';
import { answer } from './route.ts';

/** Whether the caller has it already: `known` is an If-None-Match header (RFC 9110 §13.1.2, compared weakly). */
export function isKnown(etag: string, known: string | undefined): boolean {
  if (known === undefined) return false;
  const tags = tagsIn(known);
  return tags.includes('*') || tags.includes(opaque(etag));
}

/** What stands in an If-None-Match header between quotes, each without them; `*` as it is. */
export const versionsIn = (known: string | undefined): readonly string[] =>
  tagsIn(known ?? '').map((tag) => tag.replace(/^"(.*)"$/, '$1'));

/** Weak, as the same content may be written in other bytes. */
export const etagOf = (version: string): string => `W/"${version}"`;

/** The answer, or 304 without one where the caller has it already by a digest of it. */
export function unlessKnown<B>(body: B, known: string | undefined) {
  const etag = etagOf(digest(JSON.stringify(body), 16));
  return isKnown(etag, known) ? answer(304, undefined, { ETag: etag }) : answer(200, body, { ETag: etag });
}

const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');

const tagsIn = (known: string): readonly string[] => known.split(',').map(opaque);

/** The first of the encodings offered that an Accept-Encoding header takes (RFC 9110 §12.5.3); `identity` if none is. */
export function acceptedEncoding<E extends string>(header: string | undefined, offered: readonly E[]): E | 'identity' {
  const taken = new Map(
    (header ?? '').split(',').map((part) => {
      const [name = '', ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      return [name, !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))];
    }),
  );
  return offered.find((encoding) => encoding !== 'identity' && (taken.get(encoding) ?? taken.get('*'))) ?? 'identity';
}
