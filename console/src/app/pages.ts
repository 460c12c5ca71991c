import type { Page } from '../api/client.ts';

/** Pages read to meet what is known. Whoever is further behind begins anew. */
const mostPages = 5;

/** The first page, and as many after it as it takes until they meet what is known: no gap, however much is new. */
export async function readUntil<T extends { readonly id: string }>(
  read: (cursor?: string) => Promise<Page<T>>,
  meets: (news: Page<T>) => boolean,
): Promise<Page<T>> {
  let news = await read();
  for (let pages = 1; pages < mostPages && !meets(news); pages++) {
    const next = await read(news.cursor);
    news = { ...next, items: joined(news.items, next.items) };
  }
  return news;
}

/** One after the other without doubles: what both have stands where it is in the first. */
export function joined<T extends { readonly id: string }>(first: readonly T[], second: readonly T[]): readonly T[] {
  const ids = new Set(first.map(({ id }) => id));
  return [...first, ...second.filter(({ id }) => !ids.has(id))];
}
