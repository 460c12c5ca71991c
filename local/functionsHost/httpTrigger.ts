import { serialize } from 'hono/utils/cookie';
import type { Logger } from '../../shared/core/logger.ts';
import type { HttpTrigger } from './bindings.ts';
import type { HostedFunction } from './hostedFunctions.ts';
import { type HostKeys, mayCall } from './hostKeys.ts';
import type { Handle, HostRequest, HostResponse } from './httpServer.ts';
import type { Run } from './invocations.ts';
import { decodePath } from './routes.ts';
import type { InvocationResponse, RpcCookie, RpcHttpRequest, RpcHttpResponse } from './rpc.ts';

interface HttpOptions {
  /** In the order in which their routes are matched. */
  readonly functions: readonly HostedFunction<HttpTrigger>[];
  readonly keys: HostKeys | undefined;
  readonly run: Run;
  readonly log: Logger;
}

/** Answers requests as the real host does around a Node app, its surprises included. */
export function httpTrigger({ functions, keys, run, log }: HttpOptions): Handle {
  let warned = false;
  const warnOfChunks = (fn: HostedFunction): void => {
    if (warned) return;
    warned = true;
    const message =
      'A request body came in chunks, without Content-Length. As in Azure, the function got an EMPTY body. ' +
      'Send Content-Length. (This is said once.)';
    log('warn', 'http.chunkedBody', { function: fn.name, message });
  };

  return async (request) => {
    const found = find(functions, request);
    if (found === undefined) return { status: 404 };
    const { fn, params } = found;
    if (!mayCall(keys, request, { name: fn.name, authLevel: fn.trigger.authLevel })) return { status: 401 };
    if (request.chunked) warnOfChunks(fn);
    const response = await run(fn, { data: { http: toRpc(request, params) } }).catch(() => undefined);
    return response === undefined ? { status: 500 } : toResponse(response);
  };
}

/** A method that no function of the route takes is no different from a path that no route takes. */
function find(functions: readonly HostedFunction<HttpTrigger>[], { method, url }: HostRequest) {
  const path = decodePath(url.pathname);
  for (const fn of functions) {
    const params = fn.trigger.methods.includes(method) ? fn.trigger.route.match(path) : undefined;
    if (params !== undefined) return { fn, params };
  }
  return undefined;
}

function toRpc(
  { method, url, headers, body, chunked }: HostRequest,
  params: Readonly<Record<string, string>>,
): RpcHttpRequest {
  const bodiless = chunked || body.length === 0 || method === 'GET' || method === 'HEAD';
  const query = [...new Set(url.searchParams.keys())].map(
    (key) => [key, url.searchParams.getAll(key).join(',')] as const,
  );
  return {
    method,
    url: url.href,
    nullableHeaders: nullable(Object.entries(headers)),
    nullableQuery: nullable(query),
    nullableParams: nullable(Object.entries(params)),
    ...(bodiless ? {} : { body: { bytes: body } }),
  };
}

const nullable = (entries: readonly (readonly [string, string])[]) =>
  Object.fromEntries(entries.map(([key, value]) => [key, { value }]));

/** A handler that returns nothing answers 204. */
function toResponse({ returnValue, outputData = [] }: InvocationResponse): HostResponse {
  const http = [returnValue, ...outputData.map(({ data }) => data)].find((data) => data?.http !== undefined)?.http;
  if (http === undefined || !('statusCode' in http)) return { status: 204 };
  const { statusCode, headers, cookies, body } = http satisfies RpcHttpResponse;
  const setCookies = cookies.length === 0 ? {} : { 'set-cookie': [...cookies.map(cookieOf)] };
  return { status: Number(statusCode), headers: { ...headers, ...setCookies }, body: body?.bytes ?? new Uint8Array() };
}

const sameSites = { lax: 'Lax', strict: 'Strict', explicitNone: 'None', none: undefined } as const;

function cookieOf({ name, value, domain, path, expires, secure, httpOnly, maxAge, sameSite }: RpcCookie): string {
  const site = sameSites[sameSite];
  return serialize(name, value, {
    path: path?.value ?? '/',
    ...(domain?.value !== undefined && { domain: domain.value }),
    ...(expires?.value !== undefined && { expires: new Date(expires.value.seconds * 1000) }),
    ...(maxAge?.value !== undefined && { maxAge: maxAge.value }),
    ...(secure?.value !== undefined && { secure: secure.value }),
    ...(httpOnly?.value !== undefined && { httpOnly: httpOnly.value }),
    ...(site !== undefined && { sameSite: site }),
  });
}
