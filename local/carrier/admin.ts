import { Hono } from 'hono';
import { cors } from 'hono/cors';
import * as z from 'zod/mini';
import { AppError } from '../../shared/core/errors.ts';
import type { Calls } from '../acs/calls/openCalls.ts';
import type { DialsHolder } from '../acs/dialsHolder.ts';
import type { IdentityDesk } from '../acs/identity/openIdentities.ts';
import type { EventPublisher } from '../acs/smsEvents.ts';
import { dialsSchema } from '../dials.ts';
import { parse, readJson } from './adminInput.ts';
import { callRoutes, callsAdmin } from './calls/callsAdmin.ts';
import type { Carrier } from './carrier.ts';
import { identityAdmin, identityRoutes } from './identityAdmin.ts';

/** What the control surface asks of Event Grid. */
export interface EventGridControl extends EventPublisher {
  /** Every event with its delivery attempts, or those that changed since a look that ended at `cursor`. */
  since(cursor?: string): { readonly events: readonly unknown[]; readonly whole: boolean; readonly cursor: string };
  /** Delivers every event with this id once more; how many there are. */
  redeliver(id: string): number;
  /** Events that were given up. */
  deadLetters(): readonly unknown[];
  clear(): void;
}

/** What the control surface asks of the sign-in. */
export interface SignInControl {
  /** Signs with a new key from now on. The old ones stay published, unless they are to be forgotten, which ends their tokens. */
  rotate(forget: boolean): Promise<{ readonly kid: string; readonly published: readonly string[] }>;
}

export interface AdminNeeds {
  readonly carrier: Carrier;
  readonly identityDesk: IdentityDesk;
  readonly calls: Calls;
  readonly signIn?: SignInControl | undefined;
  readonly eventGrid: EventGridControl;
  readonly dials: DialsHolder;
  readonly numbers: ReadonlyMap<string, string>;
  /** The origin whose pages may ask from a browser: the console's. */
  readonly pages?: string | undefined;
  /** A fresh world. */
  readonly reset: () => Promise<void>;
}

/** The routes of `/admin`, as the page at `/` lists them. */
export const adminRoutes = [
  ['POST', '/admin/sms', 'a subscriber texts us: {"from":"+14255550123","to":"+18005550100","message":"hours"}'],
  [
    'GET',
    '/admin/sms',
    'what the app has sent, newest last, and what carriers told subscribers; ?to= and ?from= narrow it; ?since= as of events',
  ],
  ...callRoutes,
  ['GET', '/admin/numbers', 'our numbers, and who answers STOP and HELP on each'],
  ['GET', '/admin/events', 'every event with its delivery attempts; ?since={cursor}: what is new since that look'],
  ['POST', '/admin/events/{id}/redeliver', 'deliver an event once more'],
  ['GET', '/admin/dead-letters', 'events that were given up'],
  ['GET', '/admin/dials', 'what goes wrong in this world, and how open points of the wire are read'],
  ['GET', '/admin/dials/schema', 'what each dial means and takes, as JSON Schema'],
  ['GET', '/admin/dials/passing', 'dials that go back by themselves, and when'],
  [
    'PUT',
    '/admin/dials',
    'change some of it: {"sms":{"status429":0.1}}; null puts a dial back; ?forSeconds=60: they go back by themselves then',
  ],
  ...identityRoutes,
  ['POST', '/admin/sign-in/keys', 'the sign-in signs with a new key: {}; {"forget":true} ends all older tokens'],
  ['POST', '/admin/reset', 'a fresh world'],
] as const;

const textIn = z.strictObject({ from: z.string(), to: z.string(), message: z.string().check(z.minLength(1)) });
const rotation = z.strictObject({ forget: z._default(z.boolean(), false) });
const sentQuery = z.strictObject({
  to: z.optional(z.string()),
  from: z.optional(z.string()),
  since: z.optional(z.string()),
});
const eventsQuery = z.strictObject({ since: z.optional(z.string()) });
const dialsQuery = z.strictObject({
  forSeconds: z.optional(z.string().check(z.regex(/^[1-9]\d{0,4}$/, 'must be whole seconds, up to 99999'))),
});

/** The control surface: JSON in and out, errors as `application/problem+json`. It is no part of the wire. */
export function adminApp(needs: AdminNeeds): Hono {
  const { carrier, identityDesk, calls, signIn, eventGrid, dials, numbers, pages, reset } = needs;
  const app = new Hono();
  if (pages !== undefined) app.use('*', cors({ origin: pages, maxAge: 600 }));
  app.get('/numbers', (c) => c.json({ numbers: [...numbers].map(([number, kind]) => ({ number, kind })) }));
  app.route('/', identityAdmin(identityDesk));
  app.route('/', callsAdmin(calls));
  app.post('/sms', async (c) => {
    const { from, to, message } = parse(textIn, await readJson(c.req.raw));
    return c.json(await carrier.text(from, to, message), 202);
  });
  app.get('/sms', (c) => {
    const { since, ...filter } = parse(sentQuery, c.req.query());
    return c.json(carrier.since(since, filter));
  });
  app.get('/events', (c) => c.json(eventGrid.since(parse(eventsQuery, c.req.query()).since)));
  app.post('/events/:id/redeliver', (c) => {
    const redelivered = eventGrid.redeliver(c.req.param('id'));
    if (redelivered === 0) throw new AppError('not-found', 'No event has this id; GET /admin/events lists them.');
    return c.json({ redelivered }, 202);
  });
  app.get('/dead-letters', (c) => c.json({ deadLetters: eventGrid.deadLetters() }));
  app.get('/dials', (c) => c.json(dials.get()));
  app.get('/dials/schema', (c) => c.json(dialsSchema));
  app.get('/dials/passing', (c) =>
    c.json({ passing: dials.passing().map(({ dials, until }) => ({ dials, until: new Date(until).toISOString() })) }),
  );
  app.put('/dials', async (c) => {
    const { forSeconds } = parse(dialsQuery, c.req.query());
    const forMs = forSeconds === undefined ? undefined : Number(forSeconds) * 1_000;
    return c.json(dials.change(await readJson(c.req.raw), forMs));
  });
  if (signIn !== undefined) {
    app.post('/sign-in/keys', async (c) => {
      const { forget } = parse(rotation, await readJson(c.req.raw));
      return c.json(await signIn.rotate(forget), 201);
    });
  }
  app.post('/reset', async (c) => {
    await reset();
    return c.body(null, 204);
  });
  app.all('*', (c) => {
    const known = adminRoutes.map(([method, path]) => `${method} ${path}`).join(', ');
    throw new AppError('not-found', `There is no ${c.req.method} ${c.req.path}. There are: ${known}.`);
  });
  app.onError(problem);
  return app;
}

/** What a person did wrong, in words; anything else is the world's own fault and goes up. */
function problem(error: Error): Response {
  if (!(error instanceof AppError)) throw error;
  const status = error.code === 'not-found' ? 404 : 400;
  const body = { type: 'about:blank', title: error.code, status, code: error.code, detail: error.message };
  return Response.json(body, { status, headers: { 'content-type': 'application/problem+json' } });
}
