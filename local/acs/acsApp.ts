import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Logger } from '../../shared/core/logger.ts';
import { adminApp, type EventGridControl, type SignInControl } from '../carrier/admin.ts';
import type { Carrier } from '../carrier/carrier.ts';
import { page } from '../carrier/page.ts';
import type { Gate } from './authentication.ts';
import type { Calls } from './calls/openCalls.ts';
import type { DialsHolder } from './dialsHolder.ts';
import type { Exchange } from './exchange.ts';
import type { IdentityDesk } from './identity/openIdentities.ts';
import { addIdentityRoutes } from './identity/routes.ts';
import { smsRoute } from './smsRoute.ts';

/** Event Grid has no port of its own: what it answers, it answers on this one. */
export interface EventGridBeside extends EventGridControl {
  /** `undefined` for what is not its own. */
  handle(request: Request): Promise<Response> | Response | undefined;
}

export interface AcsAppNeeds {
  readonly exchange: Exchange;
  readonly carrier: Carrier;
  readonly eventGrid: EventGridBeside;
  readonly identityDesk: IdentityDesk;
  readonly calls: Calls;
  readonly dials: DialsHolder;
  readonly signIn?: SignInControl | undefined;
  readonly gate: Gate;
  /** Base64. */
  readonly accessKey: string;
  readonly log: Logger;
  /** The origin whose pages may use `/admin` from a browser. */
  readonly pages?: string | undefined;
  readonly reset: () => Promise<void>;
}

/** The wire, the control surface beside it, and a page that says so. */
export function acsApp(needs: AcsAppNeeds): Hono<{ Bindings: HttpBindings }> {
  const { exchange, identityDesk, gate, accessKey, log } = needs;
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.get('/', (c) => c.text(page({ url: new URL(c.req.url).origin, accessKey, numbers: exchange.numbers })));
  app.route('/admin', adminApp({ ...needs, numbers: exchange.numbers }));
  app.post('/sms', smsRoute({ exchange, gate, log }));
  addIdentityRoutes(app, {
    ...exchange,
    identities: identityDesk.identities,
    limiter: identityDesk.limiter,
    gate,
    log,
  });
  needs.calls.addRoutes(app);
  app.all('/eventgrid/*', async (c) => (await needs.eventGrid.handle(c.req.raw)) ?? c.notFound());
  app.notFound((c) =>
    c.json(wireError('NotFound', `Nothing answers ${c.req.method} ${c.req.path} here; GET / says what does.`), 404),
  );
  app.onError((error, c) => {
    log('error', 'acs.fault', { reason: error.stack ?? error.message });
    return c.json(wireError('InternalServerError', 'The local world failed; its log says why.'), 500);
  });
  return app;
}

const wireError = (code: string, message: string) => ({ error: { code, message } });
