import { readFileSync } from 'node:fs';
import { BlockList, isIPv6 } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../support/world.ts';

const page = readFileSync(join(root, 'docs/turn.md'), 'utf8');
const [, configuration = ''] = /^```ini\n(.*?)^```/ms.exec(page) ?? [];
const lines = configuration.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
const valuesOf = (name: string) =>
  lines.flatMap((line) => (line.startsWith(`${name}=`) ? [line.slice(name.length + 1)] : []));

const family = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4');

/** IPv4 written as IPv6. Node's list would take it for IPv4 itself and deny all of that. */
const mapped = '::ffff:0:0-::ffff:ffff:ffff';

/** As coturn reads it: ranges of addresses, both ends in them. Node's list is another's code and not ours. */
function denied(): BlockList {
  const list = new BlockList();
  for (const range of valuesOf('denied-peer-ip').filter((range) => range !== mapped)) {
    const [from = '', to = from] = range.split('-');
    list.addRange(from, to, family(from));
  }
  return list;
}

/** First and last address of what no relay may reach, and one in it that is known for harm. */
const mustBeDenied: readonly (readonly [what: string, ...addresses: string[]])[] = [
  ['this network', '0.0.0.0', '0.255.255.255'],
  ['private (10/8)', '10.0.0.0', '10.255.255.255'],
  ['private (172.16/12)', '172.16.0.0', '172.31.255.255'],
  ['private (192.168/16)', '192.168.0.0', '192.168.255.255'],
  ["carriers' NAT", '100.64.0.0', '100.127.255.255', '100.100.100.200'],
  ['loopback', '127.0.0.0', '127.0.0.1', '127.255.255.255', '::1'],
  ['unspecified', '0.0.0.0', '::'],
  ['link-local', '169.254.0.0', '169.254.255.255', 'fe80::', 'febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['metadata', '169.254.169.254', 'fd00:ec2::254', '168.63.129.16'],
  ['multicast', '224.0.0.0', '239.255.255.255', 'ff00::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['reserved and broadcast', '240.0.0.0', '255.255.255.255'],
  ['unique local', 'fc00::', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['site-local', 'fec0::', 'feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['NAT64', '64:ff9b::', '64:ff9b::7f00:1', '64:ff9b::ffff:ffff', '64:ff9b:1::a00:1'],
  [
    '6to4 and Teredo',
    '2002:7f00:1::',
    '2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    '2001:0:ffff:ffff:ffff:ffff:ffff:ffff',
  ],
  [
    'documentation and benchmarks',
    '192.0.2.1',
    '198.51.100.1',
    '203.0.113.255',
    '198.18.0.0',
    '198.19.255.255',
    '2001:db8::1',
  ],
];

describe('no relay reaches', () => {
  test.each(mustBeDenied)('%s', (_, ...addresses) => {
    const list = denied();
    expect(addresses.filter((address) => !list.check(address, family(address)))).toEqual([]);
  });
});

test('IPv4 written as IPv6 is denied by name too, all of it', () => {
  expect(valuesOf('denied-peer-ip')).toContain(mapped);
});

test('the rest of the internet is reached', () => {
  const list = denied();
  const open = [
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '172.32.0.0',
    '2606:4700::1111',
  ];
  expect(open.filter((address) => list.check(address, family(address)))).toEqual([]);
});

test('credentials are the app’s, bounded, and nothing is managed from outside', () => {
  for (const flag of ['use-auth-secret', 'no-multicast-peers', 'no-cli', 'no-tcp-relay', 'fingerprint'])
    expect(lines).toContain(flag);
  for (const value of ['stale-nonce', 'user-quota', 'total-quota', 'max-bps', 'bps-capacity'])
    expect(Number(valuesOf(value)[0])).toBeGreaterThan(0);
  for (const value of ['static-auth-secret', 'realm', 'cert', 'pkey', 'tls-listening-port'])
    expect(valuesOf(value)).toHaveLength(1);
  expect(
    lines.filter((line) => /^(no-auth|allowed-peer-ip|allow-loopback-peers|user=|lt-cred-mech)/.test(line)),
  ).toEqual([]);
});
