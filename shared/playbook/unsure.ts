/** A playbook, or a part of one, that may be wrong in any way: anything may be missing or be anything. */
export type Unsure = { readonly [key: string]: unknown };

export const asObject = (value: unknown): Unsure =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Unsure) : {};

export const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const listIn = (value: unknown): readonly Unsure[] => (Array.isArray(value) ? value.map(asObject) : []);

export const rulesIn = (sms: Unsure): readonly Unsure[] => listIn(sms['rules']);

export interface TextAt {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** Everything the playbook may text in answer to a text, with where it stands. */
export function textsIn(sms: Unsure): readonly TextAt[] {
  const fixed = Object.entries(sms).map(([key, text]) => ({ path: ['sms', key], text }));
  const replies = rulesIn(sms).map((rule, n) => ({ path: ['sms', 'rules', n, 'reply'], text: rule['reply'] }));
  return textsOf([...fixed, ...replies]);
}

/** What is texted to whoever calls. */
export function callTextsIn(calls: Unsure): readonly TextAt[] {
  const steps = Object.entries(asObject(calls['steps'])).map(([name, step]) => ({
    path: ['calls', 'steps', name, 'text'],
    text: asObject(step)['text'],
  }));
  return textsOf([{ path: ['calls', 'missedText'], text: calls['missedText'] }, ...steps]);
}

/** What is spoken to them; SSML is not filled in. */
export function promptsIn(calls: Unsure): readonly TextAt[] {
  const found = Object.entries(asObject(calls['steps'])).flatMap(([name, step]) => {
    const at = ['calls', 'steps', name];
    const direct = ['say', 'hangUp'].map((kind) => ({ path: [...at, kind], text: asObject(step)[kind] }));
    const within = ['menu', 'ask', 'voicemail', 'transfer'].flatMap((kind) =>
      ['prompt', 'again'].map((part) => ({ path: [...at, kind, part], text: asObject(asObject(step)[kind])[part] })),
    );
    return [...direct, ...within];
  });
  return textsOf(found);
}

const textsOf = (found: readonly { readonly path: TextAt['path']; readonly text: unknown }[]): readonly TextAt[] =>
  found.flatMap(({ path, text }) => (typeof text === 'string' ? [{ path, text }] : []));
