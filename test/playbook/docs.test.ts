import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { answer } from '../../shared/playbook/answer.ts';
import { parsePlaybook } from '../../shared/playbook/playbook.ts';
import { placeholders } from '../../shared/playbook/template.ts';
import { orderStatus } from './examples/orderStatus.ts';

const page = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
const blocks = (text: string, language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, block = '']) => block);

interface Example {
  readonly hours: { readonly week: Record<string, string> };
  readonly sms: Record<string, unknown>;
}

const examples = blocks(page('playbook.md'), 'json').map((block): Example => JSON.parse(block));

test('the page has one whole playbook and several parts of one', () => {
  expect(examples.map((example) => '$schema' in example)).toEqual([true, ...Array(examples.length - 1).fill(false)]);
  expect(examples.length).toBeGreaterThan(2);
});

test.each([...examples.keys()])('example %i has no fault, a part put in place of its own in the whole', (n) => {
  expect(() => parsePlaybook({ ...examples[0], ...examples[n] })).not.toThrow();
});

test('the faults the page shows are those that are told', () => {
  const faulty = structuredClone(examples[0]!);
  faulty.hours.week['friday'] = '09:00-12:00, 11:00-18:00';
  faulty.sms['greting'] = faulty.sms['greeting'];
  delete faulty.sms['greeting'];
  const shown = blocks(page('playbook.md'), 'text')[0]!.trim().split('…')[0]!;
  expect(() => parsePlaybook(faulty)).toThrow(shown);
});

test.each(Object.entries(placeholders))('the page says that {{%s}} is %s', (name, meaning) => {
  expect(page('playbook.md')).toContain(`| \`{{${name}}}\` | ${meaning} |`);
});

let server: Server | undefined;

afterEach(() => {
  server?.close();
});

test('the responder the page shows is the one tested here', () => {
  const source = readFileSync(new URL('./examples/orderStatus.ts', import.meta.url), 'utf8');
  expect(blocks(page('responders.md'), 'ts')[0]).toBe(source.replace('../../../shared/playbook/', './'));
});

test('that responder answers what it finds and leaves the rest to the playbook', async () => {
  const orders = createServer((request, response) => {
    if (request.url === '/1234?phone=%2B14255550101') response.end(JSON.stringify({ status: 'in the oven' }));
    else response.writeHead(404).end();
  });
  server = orders;
  await new Promise<void>((listening) => orders.listen(0, '127.0.0.1', listening));
  const responder = orderStatus(`http://127.0.0.1:${(orders.address() as AddressInfo).port}`);
  const say = async (text: string) => {
    const asked = {
      text,
      service: '+18005550100' as PhoneNumber,
      subscriber: '+14255550101' as PhoneNumber,
      firstContact: false,
    };
    const said = await answer(
      parsePlaybook(examples[0]),
      [responder],
      { ...asked, at: Date.parse('2026-11-24T09:00-08:00') },
      raise,
    );
    return said?.text;
  };
  expect(await say('Where is order #1234?')).toBe('Your order 1234 is in the oven.');
  expect(await say('Where is order 999?')).toBe('Thanks! Somebody will text you back.');
  expect(await say('parking')).toBe('Behind the shop, for free.');
});

function raise(error: Error): void {
  throw error;
}
