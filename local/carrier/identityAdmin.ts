import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { IdentityDesk } from '../acs/identity/openIdentities.ts';
import { parse, readJson } from './adminInput.ts';

/** The routes of `/admin` about identities, as the page at `/` lists them. */
export const identityRoutes = [
  ['GET', '/admin/identities', 'who has an identity, with the tokens issued and how each stands'],
  [
    'POST',
    '/admin/tokens/check',
    'how a token stands: {"token":"…"} is valid, expired, revoked, identity-deleted or unknown',
  ],
  ['GET', '/admin/tokens/keys', 'the keys that tokens are signed with, as a JWK set'],
] as const;

const check = z.strictObject({ token: z.string() });

/** Control of the identities. A token is told by its id, never by its text. */
export function identityAdmin({ identities, ledger, tokens }: IdentityDesk): Hono {
  const app = new Hono();
  app.get('/identities', (c) => c.json({ identities: listed({ identities, ledger }) }));
  app.post('/tokens/check', async (c) => {
    const { token } = parse(check, await readJson(c.req.raw));
    return c.json({ state: identities.check(token) });
  });
  app.get('/tokens/keys', async (c) => c.json(await tokens.keys()));
  return app;
}

const iso = (at: number): string => new Date(at).toISOString();

/** Oldest first; somebody from Teams has tokens and was never created. */
function listed({ identities, ledger }: Pick<IdentityDesk, 'identities' | 'ledger'>): readonly unknown[] {
  const tokens = Map.groupBy(ledger.tokens(), ({ identity }) => identity);
  const ids = new Set([...ledger.identities().map(({ id }) => id), ...tokens.keys()]);
  return [...ids].map((id) => {
    const { createdAt, deletedAt } = ledger.identity(id) ?? {};
    return {
      id,
      ...(createdAt !== undefined && { createdAt: iso(createdAt) }),
      ...(deletedAt !== undefined && { deletedAt: iso(deletedAt) }),
      tokens: (tokens.get(id) ?? []).map((token) => ({
        id: token.id,
        scopes: token.scopes,
        issuedAt: iso(token.issuedAt),
        expiresOn: iso(token.expiresAt),
        state: identities.stateOf(token),
      })),
    };
  });
}
