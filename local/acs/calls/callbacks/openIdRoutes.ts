import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import type { CallbackKeys } from './callbackKeys.ts';

/** https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/secure-webhook-endpoint */
export const openIdPath = '/calling/.well-known/acsopenidconfiguration';
const keysPath = '/calling/keys';

/** Where whoever gets a callback finds what its token is signed with; open to everybody. */
export function addOpenIdRoutes(app: Hono<{ Bindings: HttpBindings }>, keys: CallbackKeys, issuer: string): void {
  app.get(openIdPath, (c) =>
    c.json({
      issuer,
      jwks_uri: `${new URL(c.req.url).origin}${keysPath}`,
      id_token_signing_alg_values_supported: ['RS256'],
      subject_types_supported: ['pairwise'],
      response_types_supported: ['id_token'],
    }),
  );
  app.get(keysPath, async (c) => c.json(await keys.published()));
}
