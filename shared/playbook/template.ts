/** All that a text of the playbook may have filled in, and what each stands for. */
export const placeholders = {
  business: 'the name of the business',
  number: 'the number that was texted',
  date: "today's date",
  'hours.today': "today's opening hours",
  'hours.week': 'the opening hours of the week',
  'hours.next': 'when it opens next',
  'hours.until': 'when it closes',
} as const;

export type Placeholder = keyof typeof placeholders;

const braced = (name: string): string => `{{${name}}}`;

/** The closed list, as it is written in texts. */
export const everyPlaceholder = Object.keys(placeholders).map(braced).join(', ');

const form = /\{\{([^{}]*)\}\}/g;

const isPlaceholder = (name: string): name is Placeholder => Object.hasOwn(placeholders, name);

/** The names between braces, as they are written, known or not. */
const namesIn = (template: string): readonly string[] =>
  [...template.matchAll(form)].map(([, name = '']) => name.trim());

export const placeholdersIn = (template: string): readonly Placeholder[] => namesIn(template).filter(isPlaceholder);

/** What a template says besides what is filled in. */
export const withoutPlaceholders = (template: string): string => template.replace(form, '');

/** Fills a template in. One that has no fault names nothing unknown. */
export const render = (template: string, valueFor: (placeholder: Placeholder) => string): string =>
  template.replace(form, (braces, name: string) => {
    const known = name.trim();
    return isPlaceholder(known) ? valueFor(known) : braces;
  });

/** What is wrong with a template, in words: one for each fault. */
export function faultsInTemplate(template: string): readonly string[] {
  const unknown = namesIn(template).filter((name) => !isPlaceholder(name));
  const faults = unknown.map((name) => `${braced(name)} is unknown; there are ${everyPlaceholder}`);
  return /\{\{|\}\}/.test(withoutPlaceholders(template))
    ? [...faults, 'has braces without their counterpart; write {{ and }} around a name']
    : faults;
}

/** Those that mean nothing in a playbook without hours. */
export const needsHours = (placeholder: Placeholder): boolean => placeholder.startsWith('hours.');
