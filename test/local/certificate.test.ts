import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type Certificate, keptCertificate } from '../../local/certificate.ts';

const day = 86_400_000;
const now = Date.parse('2026-11-24T02:00:00Z');

describe('the certificate', () => {
  let folder: string;
  let first: Certificate;

  beforeEach(async () => {
    folder = join(mkdtempSync(join(tmpdir(), 'tls-')), 'tls');
    onTestFinished(() => rmSync(folder, { recursive: true }));
    first = await keptCertificate(folder, now);
  });

  test('is of this machine alone, and signs nothing but itself', () => {
    const certificate = new X509Certificate(first.certificate);
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkHost('example.com')).toBeUndefined();
    expect(certificate.ca).toBe(false);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  });

  test('lies where it says, beside a key that only its owner can read', () => {
    expect(readdirSync(folder).sort()).toEqual(['acs-key.pem', 'acs.pem']);
    expect(first.file).toBe(join(folder, 'acs.pem'));
    expect(statSync(join(folder, 'acs-key.pem')).mode & 0o777).toBe(0o600);
  });

  test('is kept until a month before its end, and then made anew', async () => {
    const end = Date.parse(new X509Certificate(first.certificate).validTo);
    expect(await keptCertificate(folder, end - 31 * day)).toEqual(first);
    const next = await keptCertificate(folder, end - 30 * day);
    expect(next.certificate).not.toBe(first.certificate);
    expect(next.key).not.toBe(first.key);
    expect(Date.parse(new X509Certificate(next.certificate).validTo)).toBeGreaterThan(end + 300 * day);
  });

  test.each([
    ['that was cut off', () => truncateSync(join(folder, 'acs.pem'), 40)],
    ['whose key is gone', () => rmSync(join(folder, 'acs-key.pem'))],
    ['that is something else', () => writeFileSync(join(folder, 'acs.pem'), 'hello')],
  ])('%s is made anew, with a key of its own', async (_, spoil) => {
    spoil();
    const next = await keptCertificate(folder, now);
    expect(next.certificate).not.toBe(first.certificate);
    expect(statSync(join(folder, 'acs-key.pem')).mode & 0o777).toBe(0o600);
    expect(await keptCertificate(folder, now)).toEqual(next);
  });
});
