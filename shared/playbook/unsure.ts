/** A playbook, or a part of one, that may be wrong in any way: anything may be missing or be anything. */
export type Unsure = { readonly [key: string]: unknown };

export const asObject = (value: unknown): Unsure =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Unsure) : {};

export const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const rulesIn = (sms: Unsure): readonly Unsure[] => {
  const rules: unknown = sms['rules'];
  return Array.isArray(rules) ? rules.map(asObject) : [];
};

export interface TextAt {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** Everything the playbook may say, with where it stands. */
export function textsIn(sms: Unsure): readonly TextAt[] {
  const fixed = Object.entries(sms).map(([key, text]) => ({ path: ['sms', key], text }));
  const replies = rulesIn(sms).map((rule, n) => ({ path: ['sms', 'rules', n, 'reply'], text: rule['reply'] }));
  return [...fixed, ...replies].flatMap(({ path, text }) => (typeof text === 'string' ? [{ path, text }] : []));
}
