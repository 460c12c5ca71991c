/** Somebody who can sign in here. */
export interface Person {
  /** The token's `sub`. */
  readonly subject: string;
  /** What people call them; the subject unless given. */
  readonly name?: string | undefined;
  readonly roles: readonly string[];
}

/** By the name that stands for them in a request. */
export type People = Readonly<Record<string, Person>>;

/** Who can sign in unless a world says otherwise: some who answer subscribers, some who may do everything, some without a role. */
export const examplePeople: People = {
  agent: { subject: 'agent@example.com', name: 'Ann Agent', roles: ['agent'] },
  agent2: { subject: 'agent2@example.com', name: 'Bo Agent', roles: ['agent'] },
  admin: { subject: 'admin@example.com', name: 'Ada Admin', roles: ['agent', 'admin'] },
  admin2: { subject: 'admin2@example.com', name: 'Cy Admin', roles: ['agent', 'admin'] },
  guest: { subject: 'guest@example.com', name: 'Gil Guest', roles: [] },
  guest2: { subject: 'guest2@example.com', name: 'Flo Guest', roles: [] },
};

export const findPerson = (people: People, name: string): Person | undefined =>
  Object.hasOwn(people, name) ? people[name] : undefined;

/** Says who there is, for somebody who asked for another. */
export const unknownPerson = (people: People, name: string): string =>
  `Nobody here is called ${JSON.stringify(name)}; client_id or username is one of ${Object.keys(people).join(', ')}.`;

/** Throws a sentence that says who there is. */
export function personOf(people: People, name: string): Person {
  const person = findPerson(people, name);
  if (person === undefined) throw new Error(unknownPerson(people, name));
  return person;
}

/** The name that stands for a hint, which is that name or the subject; absent: nobody's. */
export const nameOfHint = (people: People, hint: string | undefined): string | undefined =>
  Object.keys(people).find((name) => name === hint || people[name]?.subject === hint);
