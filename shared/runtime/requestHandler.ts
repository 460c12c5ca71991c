import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { AppError } from '../core/errors.ts';
import type { LogFields, Logger } from '../core/logger.ts';
import type { Clock } from '../core/time.ts';
import { admission } from '../http/admission.ts';
import { problemKinds } from '../http/problem.ts';
import { readRequest } from '../http/readRequest.ts';
import type { Answer, RequestParts, Role, Route } from '../http/route.ts';
import { type Authenticate, authentication } from './authentication.ts';
import { type AuthenticateCallback, type CallbackSettings, callbackAuthentication } from './callbackAuthentication.ts';
import type { AuthSettings, Caller } from './caller.ts';
import { log as invocationLog } from './log.ts';
import { alwaysHeaders, problemResponse } from './problems.ts';
import { readBody } from './readBody.ts';

/** What answering any request takes of the services. */
export interface RequestServices {
  readonly auth: AuthSettings;
  /** Absent where calls are not answered. */
  readonly callbacks?: CallbackSettings | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A request that its route lets in, read by its schemas; `caller` is there unless anyone may call. */
export interface RouteRequest<R extends Route> extends RequestParts<R> {
  readonly caller: R['role'] extends 'anyone' | 'call-automation' ? undefined : Caller;
}

export type Handle<R extends Route, S> = (request: RouteRequest<R>, services: S) => Promise<Answer<R>>;

/**
 * Answers a route: who calls comes first, then whether they may, then what they say; only then the use case. Whatever is
 * thrown on the way becomes a problem.
 */
export function requestHandler<R extends Route, S extends RequestServices>(
  route: R,
  handle: Handle<R, S>,
  provide: () => S,
): HttpHandler {
  return async (request, context) => {
    let log = invocationLog;
    try {
      const services = provide();
      log = services.log;
      const caller = await admitted(route.role, request, services);
      const parts = readRequest(route, await raw(route, request));
      return wire(await handle({ ...parts, caller } as RouteRequest<R>, services));
    } catch (error) {
      record(error, context, log);
      return problemResponse(error, {
        invocationId: context.invocationId,
        brought: request.headers.has('authorization'),
      });
    }
  };
}

/** One for each loaded app, so that the issuer's keys are fetched once. */
const authentications = new WeakMap<AuthSettings, Authenticate>();

async function admitted(role: Role, request: HttpRequest, services: RequestServices): Promise<Caller | undefined> {
  if (role === 'anyone') return undefined;
  if (role === 'call-automation') return admittedCallback(request, services);
  const authenticate = authentications.get(services.auth) ?? authentication(services.auth, services);
  authentications.set(services.auth, authenticate);
  const caller = await authenticate(request.headers);
  if (admission(role, caller.roles) === 'forbidden') throw new AppError('forbidden', `This takes the role of ${role}.`);
  return caller;
}

const callbackAuthentications = new WeakMap<CallbackSettings, AuthenticateCallback>();

async function admittedCallback(request: HttpRequest, services: RequestServices): Promise<undefined> {
  const { callbacks } = services;
  if (callbacks === undefined) throw new AppError('not-found', 'Calls are not answered here.');
  const authenticate = callbackAuthentications.get(callbacks) ?? callbackAuthentication(callbacks, services);
  callbackAuthentications.set(callbacks, authenticate);
  await authenticate(request.headers.get('authorization'));
}

const raw = async (route: Route, request: HttpRequest) => ({
  params: request.params,
  query: joined(request.query),
  headers: joined(request.headers),
  body: route.body && (await readBody(request, route.bodyType)),
});

/** A name that comes twice is one value with a comma, as the host joins it, so that no schema takes just the last. */
function joined(pairs: Iterable<[string, string]>): Readonly<Record<string, string>> {
  const byName = Map.groupBy(pairs, ([name]) => name);
  return Object.fromEntries([...byName].map(([name, values]) => [name, values.map(([, value]) => value).join(',')]));
}

function wire<R extends Route>({ status, body, headers }: Answer<R>): HttpResponseInit {
  if (body instanceof Uint8Array) return { status: Number(status), headers: { ...alwaysHeaders, ...headers }, body };
  if (body === undefined) return { status: Number(status), headers: { ...alwaysHeaders, ...headers } };
  return {
    status: Number(status),
    headers: { ...alwaysHeaders, 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

/**
 * A refusal is the caller's affair; what is ours to mend is logged with its causes, but not in the words of foreign
 * errors, which may repeat a text or a number.
 */
function record(error: unknown, { invocationId, functionName }: InvocationContext, log: Logger): void {
  const code = error instanceof AppError ? error.code : 'internal';
  const { status } = problemKinds[code];
  const fields: LogFields = { invocation: invocationId, function: functionName, code, status };
  if (status < 500) log('info', 'http.refused', fields);
  else log('error', 'http.failed', { ...fields, ...traced(error) });
}

function traced(error: unknown): LogFields {
  const chain: Error[] = [];
  for (let next = error; next instanceof Error && chain.length < 5; next = next.cause) chain.push(next);
  return {
    message: error instanceof AppError ? error.message : undefined,
    errors: chain.map(({ name }) => name).join(' < '),
    at: chain
      .at(-1)
      ?.stack?.split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 8)
      .join('\n'),
  };
}
