import type { Hono } from 'hono';
import type { Logger } from '../../../shared/core/logger.ts';
import type { Dials } from '../../dials.ts';
import type { Timers } from '../../eventGrid/timers.ts';
import { type Answer, answer, deliverAnswer, type HttpContext } from '../answer.ts';
import { denial, type Gate } from '../authentication.ts';
import { drawMishap, tooMany } from '../mishaps.ts';
import type { RateLimiter } from '../rateLimiter.ts';
import { held, requestErrors } from '../rules.ts';
import type { Identities } from './identities.ts';
import { Refusal, readCreate, readExchange, readIssue } from './requests.ts';
import { limits, type Operation, ownRefusals, success } from './rules.ts';

export interface IdentityRouteNeeds {
  readonly identities: Identities;
  readonly limiter: RateLimiter;
  readonly gate: Gate;
  readonly timers: Timers;
  readonly dials: () => Dials;
  /** Numbers in [0, 1), the same for the same names. */
  readonly random: (...names: readonly (string | number)[]) => () => number;
  readonly log: Logger;
}

/** Carries an operation out; `id` is the identity that the path names, where it does. */
type Act = (identities: Identities, body: Uint8Array, id: string) => Promise<Answer> | Answer;

const acts: Readonly<Record<Operation, Act>> = {
  async create(identities, body) {
    const wish = readCreate(body);
    const id = identities.create();
    const accessToken = wish && (await identities.issue(id, wish));
    return answer({ status: success.created, body: { identity: { id }, ...(accessToken && { accessToken }) } });
  },
  issue: async (identities, body, id) =>
    answer({ status: success.issued, body: await identities.issue(id, readIssue(body)) }),
  revoke(identities, _, id) {
    identities.revoke(id);
    return answer({ status: success.done });
  },
  delete(identities, _, id) {
    identities.delete(id);
    return answer({ status: success.done });
  },
  exchange: async (identities, body) =>
    answer({ status: success.issued, body: await identities.exchange(readExchange(body)) }),
};

/** The last segment of a path, colon and all: the framework would take it for a parameter. */
const byLastSegment: Readonly<Record<string, Operation>> = {
  ':issueAccessToken': 'issue',
  ':revokeAccessTokens': 'revoke',
};

/** The routes of the identity wire, as the page at `/` lists them. */
export const identityWire = [
  ['POST', '/identities', 'an identity, and with createTokenWithScopes a token'],
  ['POST', '/identities/{id}/:issueAccessToken', 'a token: scopes, expiresInMinutes'],
  ['POST', '/identities/{id}/:revokeAccessTokens', 'end its tokens'],
  ['DELETE', '/identities/{id}', 'end it'],
  ['POST', '/teamsUser/:exchangeAccessToken', 'a token for somebody of Teams: token, appId, userId'],
] as const;

type App = Hono<{ Bindings: HttpContext['env'] }>;

/** Adds the identity wire of any API version to an app. Ids come percent-encoded in paths. */
export function addIdentityRoutes(app: App, needs: IdentityRouteNeeds): void {
  const counts = new Map<Operation, number>();
  const run = async (c: HttpContext, operation: Operation, id = '') => {
    const count = (counts.get(operation) ?? 0) + 1;
    counts.set(operation, count);
    return respond(c, { operation, id, count }, needs);
  };
  app.post('/identities', (c) => run(c, 'create'));
  app.delete('/identities/:id', (c) => run(c, 'delete', c.req.param('id')));
  app.post('/identities/:id/:operation', (c) => {
    const operation = byLastSegment[c.req.param('operation')];
    return operation === undefined ? c.notFound() : run(c, operation, c.req.param('id'));
  });
  app.post('/teamsUser/:operation', (c) =>
    c.req.param('operation') === ':exchangeAccessToken' ? run(c, 'exchange') : c.notFound(),
  );
}

interface Asked {
  readonly operation: Operation;
  readonly id: string;
  /** How many requests of this operation there have been, which names the request's random numbers. */
  readonly count: number;
}

async function respond(c: HttpContext, asked: Asked, needs: IdentityRouteNeeds): Promise<Response> {
  const body = new Uint8Array(await c.req.arrayBuffer());
  const problem = await denial(c, body, needs.gate);
  if (problem !== undefined) {
    needs.log('warn', 'acs.denied', { reason: problem });
    return c.json(requestErrors.denied.body, requestErrors.denied.status);
  }
  return deliverAnswer(c, await take(asked, body, needs), needs.timers);
}

async function take({ operation, id, count }: Asked, body: Uint8Array, needs: IdentityRouteNeeds): Promise<Answer> {
  const { identity, switches } = needs.dials();
  const crowded = { dials: identity, refusal: ownRefusals.tooManyRequests, retryAfter: switches.retryAfterOn429 };
  const wait = identity.rateLimits ? needs.limiter.ask(operation, 1, limits[operation]) : undefined;
  if (wait !== undefined) return tooMany({ ...crowded, wait });
  switch (drawMishap(needs.random('identity', operation, count), identity)) {
    case 'status429':
      return tooMany(crowded);
    case 'status5xx':
      return answer(ownRefusals.serverError);
    case 'timeout':
      return { type: 'held', for: held.for, release() {} };
    case 'lostAnswer':
      await carryOut({ operation, id }, body, needs);
      return { type: 'lost' };
    case undefined:
      return carryOut({ operation, id }, body, needs);
  }
}

async function carryOut(
  { operation, id }: Omit<Asked, 'count'>,
  body: Uint8Array,
  { identities, log }: IdentityRouteNeeds,
): Promise<Answer> {
  try {
    return await acts[operation](identities, body, id);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    log('warn', 'acs.invalid', { reason: error.message });
    return answer(error.wire);
  }
}
