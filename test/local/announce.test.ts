import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connectionStringOf, localAccessKey } from '../../local/acs/connection.ts';
import { announce } from '../../local/announce.ts';
import { root } from '../support/world.ts';

const aWorld = (acsPort: number) => {
  const url = `http://127.0.0.1:${acsPort}`;
  return {
    acs: { url, tlsUrl: 'https://127.0.0.1:7443', connectionString: connectionStringOf(url, localAccessKey) },
    certificate: { file: resolve('.local/tls/acs.pem') },
    oidc: { issuer: 'http://127.0.0.1:7081' },
    functions: { url: 'http://127.0.0.1:7071' },
  };
};

describe('README shows what `npm start` prints:', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```(?:sh)?\n(.*?)^```$/gms)].map(([, block = '']) => block);
  const printed = announce(aWorld(7080), resolve('.local'));
  const indented = (block: string) => block.replaceAll(/^(?=.)/gm, '  ');

  test('where everything is', () => {
    const [block] = blocks.filter((text) => text.includes('runs on this machine'));
    expect(printed.startsWith(`\n${block}\n`)).toBe(true);
  });

  test.each([
    ['the lines of a subscriber', '/admin/sms'],
    ['the lines of an agent', 'TOKEN='],
  ])('%s', (_, mark) => {
    const [block] = blocks.filter((text) => text.includes(mark));
    expect(printed).toContain(`:\n${indented(block!)}\n`);
  });
});

test('the connection string follows the port', () => {
  expect(announce(aWorld(7090), '/data')).toContain(`  endpoint=http://127.0.0.1:7090/;accesskey=${localAccessKey}\n`);
});

test('emulators alone tell of no functions', () => {
  expect(announce({ ...aWorld(7080), functions: undefined }, '/data')).not.toMatch(/7071|agent:/);
});

test.each([
  ['below the working directory', resolve('.local/second'), join('.local', 'second')],
  ['beside it', resolve('../second'), resolve('../second')],
  ['elsewhere', '/tmp/second', '/tmp/second'],
  ['the working directory itself', process.cwd(), process.cwd()],
])('a data folder %s is shown so that it can be found', (_, directory, shown) => {
  expect(announce(aWorld(7080), directory)).toContain(`Azurite, with all data in ${shown}\n`);
});
