import { createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { type SignedRequest, signatureProblem } from '../../../local/acs/signature.ts';
import { anAcs } from './anAcs.ts';

/** As the SDK's own policy signed it once. */
const date = 'Tue, 24 Nov 2026 02:00:00 GMT';
const now = Date.parse(date);
const key = Buffer.from('MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=', 'base64');
const hash = 's6CSpq9IgH+pSCsu4UAQVXXaom1bJLPA5gp+Le5mg7E=';
const signature = 'RNRPorv4yEvTQbh2Sgd/eivvhQn6+/hvpg8I01ZyOzk=';
const vector: SignedRequest = {
  method: 'POST',
  target: '/sms?api-version=2021-03-07',
  body: Buffer.from('{"a":"é"}'),
  headers: {
    host: '127.0.0.1:7600',
    'x-ms-date': date,
    'x-ms-content-sha256': hash,
    authorization: `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`,
  },
};

/** Signs by hand, whatever is asked of it. */
function sign(target: string, signedAs = target, at = date): SignedRequest {
  const digest = createHmac('sha256', key).update(`POST\n${signedAs}\n${at};${vector.headers.host};${hash}`);
  const authorization = `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${digest.digest('base64')}`;
  return { ...vector, target, headers: { ...vector.headers, 'x-ms-date': at, authorization } };
}

test('the documented request is signed', () => {
  expect(signatureProblem(vector, key, { now })).toBeUndefined();
});

test.each([
  ['a space, which is signed as "+"', '/sms?tok=a%20b*c~d:e', '/sms?tok=a+b*c%7Ed%3Ae'],
  ['the text of the wire', '/sms?tok=a%20b*c~d:e', '/sms?tok=a%20b*c~d:e'],
  ['no query', '/sms', '/sms'],
])('a query is good if signed with %s', (_, target, signedAs) => {
  expect(signatureProblem(sign(target, signedAs), key, { now })).toBeUndefined();
});

test('other names of the headers are good in the order in which they are signed', () => {
  const digest = createHmac('sha256', key)
    .update(`POST\n${vector.target}\n${vector.headers.host};${date};${hash}`)
    .digest('base64');
  const authorization = `HMAC-SHA256 SignedHeaders=host;date;x-ms-content-sha256&Signature=${digest}`;
  const headers = { host: vector.headers.host, date, 'x-ms-content-sha256': hash, authorization };
  expect(signatureProblem({ ...vector, headers }, key, { now })).toBeUndefined();
});

test.each<[string, SignedRequest]>([
  ['the authorization header does not sign', { ...vector, headers: {} }],
  [
    'the authorization header does not sign',
    { ...vector, headers: { ...vector.headers, authorization: 'Bearer a.b.c' } },
  ],
  ['is not the hash of the body', { ...vector, body: Buffer.from('{}') }],
  ['the date is not of the form', sign('/sms', '/sms', '2026-11-24T02:00:00Z')],
  ['the date is not of the form', sign('/sms', '/sms', 'Mon, 24 Nov 2026 02:00:00 GMT')],
  ['the signature is wrong', { ...vector, method: 'PUT' }],
  ['the signature is wrong', { ...vector, target: '/sms?api-version=2026-01-23' }],
  ['the signature is wrong', { ...vector, headers: { ...vector.headers, host: '127.0.0.1:7601' } }],
])('%s: refused', (why, request) => {
  expect(signatureProblem(request, key, { now })).toContain(why);
});

test('a date may lie as far from ours as the tolerance, either way', () => {
  const minute = 60_000;
  for (const [off, problem] of [
    [-15, undefined],
    [15, undefined],
    [16, 'too far'],
    [-16, 'too far'],
  ] as const) {
    const found = signatureProblem(vector, key, { now: now + off * minute, tolerance: 15 * minute });
    expect(found ?? 'signed').toContain(problem ?? 'signed');
  }
});

test('a request with a query that the SDK signs in another form than it sends is let in', async () => {
  const acs = await anAcs();
  const client = acs.client({
    additionalPolicies: [
      {
        position: 'perCall',
        policy: {
          name: 'odd-query',
          sendRequest(request, next) {
            request.url += '&note=a%20b*c~d:e';
            return next(request);
          },
        },
      },
    ],
  });
  const [result] = await client.send({ from: '+18005550100', to: ['+14255550123'], message: 'hi' });
  expect(result).toMatchObject({ successful: true });
  await acs.close();
});

test('a date of another form is denied on the wire', async () => {
  const acs = await anAcs();
  const body = '{}';
  const response = await fetch(`${acs.url}/sms?api-version=2021-03-07`, {
    method: 'POST',
    body,
    headers: {
      'x-ms-date': new Date().toISOString(),
      'x-ms-content-sha256': createHash('sha256').update(body).digest('base64'),
      authorization: 'HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=AAAA',
    },
  });
  expect(response.status).toBe(401);
  expect(await response.json()).toEqual({ error: { code: 'Denied', message: 'Denied by the resource provider.' } });
  expect(acs.log[0]?.reason).toContain('the date is not of the form');
  await acs.close();
});
