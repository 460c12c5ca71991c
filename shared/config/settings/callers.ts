import * as z from 'zod/mini';
import { optional, ownAddress, text } from '../forms.ts';
import { issuers } from '../listForms.ts';
import { setting } from '../setting.ts';

/** Who may call the HTTP API, and how they sign in to the console. */
export const callers = {
  OIDC_ISSUER: setting(issuers, {
    help: 'Issuer of the tokens that callers of the HTTP API bring, as in their `iss`; its discovery document is read from here. Several are separated by commas.',
    local: 'http://127.0.0.1:7081',
  }),
  OIDC_AUDIENCE: setting(text, {
    help: 'The audience those tokens must have.',
    local: 'switchboard',
  }),
  OIDC_ROLES_CLAIM: setting(text, { help: 'The claim that lists a caller’s roles.', fallback: 'roles' }),
  OIDC_AGENT_ROLE: setting(text, { help: 'The role of people who read and answer.', fallback: 'agent' }),
  OIDC_ADMIN_ROLE: setting(text, { help: 'The role of people who may do everything.', fallback: 'admin' }),
  CONSOLE_CLIENT_ID: setting(optional(text), {
    help: 'The client id under which the console signs people in, by the first issuer. Without it, that is OIDC_AUDIENCE.',
    fallback: '',
  }),
  CONSOLE_SCOPES: setting(text, {
    help: 'What the console asks for when it signs people in, separated by spaces. With Entra ID add a scope of the API, such as `api://CLIENT-ID/access`, or tokens are for somebody else.',
    fallback: 'openid profile offline_access',
  }),
  LAB_URL: setting(optional(ownAddress), {
    help: 'The control surface of a local world, on this machine itself: the console then offers telephones and dials. Not for production.',
    fallback: '',
    local: 'http://127.0.0.1:7080',
  }),
  PLATFORM_AUTH: setting(
    z.pipe(
      z.enum(['on', 'off'], 'must be on or off'),
      z.transform((word) => word === 'on'),
    ),
    {
      help: '`on`: who brings no token is whom App Service authentication has signed in, of these issuers and for this audience. Before that, see in docs/deploying.md what your plan enforces.',
      fallback: 'off',
    },
  ),
} as const;
