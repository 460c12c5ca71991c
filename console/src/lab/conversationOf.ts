import type { Api, TextEntry } from '../api/client.ts';

/** Pages of a timeline that are gone through at most. */
const mostPages = 20;

/** The id of what two numbers have to do with each other; `undefined`: nothing yet. */
export const conversationOf = async (app: Api, service: string, subscriber: string): Promise<string | undefined> =>
  (await app.search(subscriber, service))[0]?.id;

/** What two numbers have texted each other, latest first, back to a time (ISO 8601). */
export async function textsBetween(
  app: Api,
  { service, subscriber, since }: { readonly service: string; readonly subscriber: string; readonly since: string },
): Promise<readonly TextEntry[]> {
  const id = await conversationOf(app, service, subscriber);
  const texts: TextEntry[] = [];
  let cursor: string | undefined;
  for (let page = 0; id !== undefined && page < mostPages; page++) {
    const { items, cursor: next } = await app.entries(id, cursor);
    texts.push(...items.filter((entry) => entry.type === 'message'));
    if (next === undefined || Date.parse(items.at(-1)?.at ?? since) < Date.parse(since)) break;
    cursor = next;
  }
  return texts;
}
