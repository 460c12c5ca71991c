/** Whether the caller has it already: `known` is an If-None-Match header (RFC 9110 §13.1.2, compared weakly). */
export function isKnown(etag: string, known: string | undefined): boolean {
  if (known === undefined) return false;
  const tags = known.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag.replace(/^W\//, ''));
}

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
