import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Oidc, startOidc } from '../../../local/oidc.ts';
import { aBrowser, cameBack } from './aBrowser.ts';

let oidc: Oidc;
beforeAll(async () => {
  oidc = await startOidc({ port: 0, audience: 'switchboard' });
});
afterAll(() => oidc.close());

const pageOf = async (response: Response) => {
  expect(response.headers.get('content-type')).toMatch(/^text\/html/);
  return { status: response.status, text: await response.text(), headers: response.headers };
};
const peopleOf = (text: string) => [...text.matchAll(/name="person" value="([^"]*)"/g)].map(([, name]) => name);

describe('the page', () => {
  test('has a language, a title, a heading and a label, and a button for everybody', async () => {
    const { status, text } = await pageOf(await aBrowser(oidc).authorize());
    expect(status).toBe(200);
    for (const part of [
      '<html lang="en">',
      '<title>Sign in</title>',
      '<h1>Sign in</h1>',
      '<legend>console asks who you are',
    ])
      expect(text).toContain(part);
    expect(peopleOf(text)).toEqual(['agent', 'agent2', 'admin', 'admin2', 'guest', 'guest2']);
    expect(text).toContain('Bo Agent<small>agent2@example.com, agent</small>');
  });

  test('has who is hinted at first, and puts the focus there', async () => {
    const { text } = await pageOf(await aBrowser(oidc).authorize({ login_hint: 'admin' }));
    expect(peopleOf(text)[0]).toBe('admin');
    expect(text).toContain('value="admin" autofocus');
    expect(text.match(/autofocus/g)).toHaveLength(1);
  });

  test('sends on what the browser came with, when its form is sent', async () => {
    const { authorize, redeem } = aBrowser(oidc);
    const { text } = await pageOf(await authorize({ state: '"><&\'' }));
    const action = /action="([^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const sent = await fetch(new URL(action, oidc.issuer), {
      method: 'POST',
      body: new URLSearchParams({ person: 'agent' }),
      redirect: 'manual',
    });
    const { code = '', state } = cameBack(sent);
    expect(state).toBe('"><&\'');
    expect(await redeem(code)).toMatchObject({ status: 200 });
  });

  test('runs nothing that a client’s name brings, and lies in nobody’s frame or cache', async () => {
    const { text, headers } = await pageOf(await aBrowser(oidc).authorize({ client_id: '<script>alert(1)</script>' }));
    expect(text).not.toContain('<script');
    expect(text).toContain('&lt;script&gt;');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test.each([
    ['without a client', { client_id: undefined }, 'client_id is missing'],
    ['without an address', { redirect_uri: undefined }, 'redirect_uri is missing'],
    ['with an address elsewhere over plain HTTP', { redirect_uri: 'http://example.com/' }, 'give https'],
    ['with a script for an address', { redirect_uri: 'javascript:alert(1)' }, 'give https'],
    ['with data for an address', { redirect_uri: 'data:text/html,hello' }, 'give https'],
    ['with a fragment', { redirect_uri: 'https://example.com/#here' }, 'without a fragment'],
    ['with no address at all', { redirect_uri: 'console' }, 'give https'],
  ])('says what is wrong to whoever comes %s, who is led nowhere', async (_, changed, words) => {
    const { authorize, pick } = aBrowser(oidc);
    for (const response of [await authorize(changed), await pick({ person: 'agent' }, changed)]) {
      const { status, text } = await pageOf(response);
      expect(status).toBe(400);
      expect(text).toContain(words);
    }
  });
});

describe('signing out', () => {
  const end = (fields: Readonly<Record<string, string>>, method = 'GET') => {
    const form = new URLSearchParams(fields);
    return method === 'GET'
      ? fetch(`${oidc.issuer}/endsession?${form}`, { redirect: 'manual' })
      : fetch(`${oidc.issuer}/endsession`, { method, body: form, redirect: 'manual' });
  };

  test.each(['GET', 'POST'])(
    'by %s ends what the client could still have, and leads back with the state',
    async (method) => {
      const { signIn, refresh } = aBrowser(oidc);
      const [ended, other] = [await signIn('agent'), await signIn('agent2')];
      const post_logout_redirect_uri = 'http://localhost:7071/console';
      const form = { id_token_hint: ended['id_token'] ?? '', post_logout_redirect_uri, state: 'bye' };
      const response = await end(form, method);
      expect(response.status).toBe(303);
      expect(response.headers.get('location')).toBe(`${post_logout_redirect_uri}?state=bye`);
      expect(await refresh(ended['refresh_token'] ?? '')).toMatchObject({ status: 400 });
      expect(await refresh(other['refresh_token'] ?? '')).toMatchObject({ status: 200 });
    },
  );

  test('without an address ends on a page', async () => {
    expect(await pageOf(await end({}))).toMatchObject({ status: 200, text: expect.stringContaining('Signed out') });
  });

  test.each([
    [
      'to where nobody may be led',
      { post_logout_redirect_uri: 'http://example.com/' },
      'post_logout_redirect_uri is not good',
    ],
    ['with a hint of somebody else’s', { id_token_hint: 'a.b.c' }, 'id_token_hint is no token of this issuer'],
  ])('%s is refused', async (_, form, words) => {
    expect(await pageOf(await end(form))).toMatchObject({ status: 400, text: expect.stringContaining(words) });
  });
});
