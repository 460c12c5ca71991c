import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { manifest, root } from '../scripts/manifest.ts';

const pages = ['*.md', 'docs/**/*.md'].flatMap((pattern) => globSync(pattern, { cwd: root }));

const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');
const all = (pattern: RegExp, text: string): readonly string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

/** As GitHub makes the anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');

const anchorsIn = (page: string): readonly string[] => all(/^#+ +(.+)$/gm, textOf(page)).map(anchorOf);

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), decodeURI(path));
  if (!existsSync(join(root, target))) return false;
  return anchor === undefined || !target.endsWith('.md') || anchorsIn(target).includes(anchor);
}

describe.each(pages)('%s', (page) => {
  test('has no link within the repository that leads nowhere', () => {
    const text = textOf(page);
    const links = [...all(/\]\((?!\w+:)([^)\s]+)\)/g, text), ...all(/\bsrc(?:set)?="(?!\w+:)([^"]+)"/g, text)];
    expect(links.filter((link) => !leadsSomewhere(page, link))).toEqual([]);
  });

  test('names no npm script that is not there', () => {
    const scripts = all(/npm run ([\w:-]+)/g, textOf(page));
    expect(scripts.filter((script) => !(script in manifest.scripts))).toEqual([]);
  });

  test('names no file of the tree that is not there', () => {
    const files = all(/`((?:functions|shared|local|scripts|test|docs|bench|console)\/[\w./-]*)`/g, textOf(page));
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});

test('decision records are numbered without a gap', () => {
  const numbers = globSync('docs/decisions/*.md', { cwd: root }).map((path) =>
    Number(path.slice('docs/decisions/'.length).slice(0, 4)),
  );
  expect(numbers.sort((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1));
});
