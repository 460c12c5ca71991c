/** Bytes from one to another, both included; `unsatisfiable`: there are none such; `undefined`: the whole is asked for. */
export type AskedRange = { readonly from: number; readonly to: number } | 'unsatisfiable' | undefined;

/** The name of a unit may be written in either case (RFC 9110 §14.1). */
const form = /^bytes=(\d*)-(\d*)$/i;

/** Reads a Range header for something of so many bytes (RFC 9110 §14.2). What is not one range of bytes is passed over. */
export function askedRange(header: string | undefined, size: number): AskedRange {
  const [, first = '', last = ''] = form.exec(header?.trim() ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  return from >= size || from > to ? 'unsatisfiable' : { from, to };
}
