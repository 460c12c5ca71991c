import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import { type Answer, deliverAnswer, type HttpContext } from '../../answer.ts';
import { denial } from '../../authentication.ts';
import { requestErrors } from '../../rules.ts';
import { type CallRequest, type CallRouteNeeds, take } from './carryOut.ts';
import { operations } from './operations.ts';

/** What the page of this port says of it; `operations` is the whole. */
export const callsWire = [
  ['POST', '/calling/callConnections', 'call somebody; :answer, :reject or :redirect who calls'],
  ['POST', '/calling/callConnections/{id}:play', 'and :recognize, :transferToParticipant, /participants:add …'],
  ['POST', '/calling/recordings', 'record a call'],
  ['GET', '/calling/.well-known/acsopenidconfiguration', 'what callbacks are signed with'],
] as const;

/** Adds the wire of Call Automation, of any API version, to an app. */
export function addCallRoutes(app: Hono<{ Bindings: HttpBindings }>, needs: CallRouteNeeds): void {
  let count = 0;
  app.all('/calling/*', async (c) => {
    count += 1;
    const request = await read(c, count);
    if (request === undefined) return c.notFound();
    const problem = await denial(c, request.bytes, needs.door);
    if (problem === undefined) return answerTo(c, request, needs);
    needs.desk.log('warn', 'acs.denied', { reason: problem });
    return c.json(requestErrors.denied.body, requestErrors.denied.status);
  });
}

/** The path as it came over the wire: ids in it are percent-encoded, colons part an id from its operation. */
async function read(c: HttpContext, count: number): Promise<CallRequest | undefined> {
  const { pathname } = new URL(c.env.incoming.url ?? '', 'http://host');
  for (const operation of operations) {
    const found = operation.method === c.req.method ? operation.path.exec(pathname) : null;
    if (found === null) continue;
    const [id = '', secondId = ''] = found.slice(1).map(decoded);
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    return {
      ...{ operation, id, secondId, bytes, count, pathname },
      url: new URL(c.req.url),
      repeatabilityId: c.req.header('repeatability-request-id'),
      firstSent: c.req.header('repeatability-first-sent'),
    };
  }
  return undefined;
}

/** What is not percent-encoded as it should be names nothing that is here. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** What the request brings about is told once it is answered, unless a dial lets it overtake the answer. */
async function answerTo(c: HttpContext, request: CallRequest, needs: CallRouteNeeds): Promise<Response> {
  const { desk, gate } = needs;
  const isEarly = desk.random('calls', 'early', request.count)() < desk.dials().calls.callbacks.early;
  const answered = isEarly ? () => {} : gate.enter();
  const overtaking = isEarly ? desk.callbacks.overtake() : undefined;
  try {
    const answer = take(request, needs);
    if (overtaking !== undefined) await happened();
    await overtaking?.arrived();
    const response = deliverAnswer(c, answer, needs.timers);
    whenGone(c, answer, answered);
    return response;
  } catch (error) {
    overtaking?.end();
    answered();
    throw error;
  }
}

/** Everything that comes of a request at once has come. */
const happened = () => new Promise((resolve) => setImmediate(resolve));

/** An answer that never comes, or that nobody waits for any more, holds nothing back. */
function whenGone(c: HttpContext, { type }: Answer, answered: () => void): void {
  if (type === 'answer' && !c.env.incoming.socket.destroyed) c.env.outgoing.once('close', answered);
  else answered();
}
