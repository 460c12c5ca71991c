import { AppError } from '../../shared/core/errors.ts';
import type { Handle, HostRequest } from './httpServer.ts';

/**
 * Lets pages of these origins call the functions, as the platform does before it asks the app
 * (https://learn.microsoft.com/azure/azure-functions/functions-how-to-use-azure-function-app-settings, "CORS"; under the
 * Core Tools, `Host.CORS`): exact origins, any method, any header, no credentials, and no header of the answer that a
 * page could not read anyway. Without origins nothing is added and a preflight is a request like any other.
 */
export function withCors(origins: readonly string[], handle: Handle): Handle {
  for (const origin of origins) check(origin);
  if (origins.length === 0) return handle;
  return async (request) => {
    const { origin } = request.headers;
    if (origin === undefined) return handle(request);
    const allowed = origins.includes(origin) ? { 'access-control-allow-origin': origin, vary: 'Origin' } : {};
    if (isPreflight(request))
      return { status: 204, headers: { ...allowed, ...(origins.includes(origin) && asked(request)) } };
    const response = await handle(request);
    return { ...response, headers: { ...response.headers, ...allowed } };
  };
}

const isPreflight = ({ method, headers }: HostRequest): boolean =>
  method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;

/** Whatever is asked for. */
function asked({ headers }: HostRequest): Record<string, string> {
  const { 'access-control-request-method': method = '', 'access-control-request-headers': names } = headers;
  return {
    'access-control-allow-methods': method,
    ...(names !== undefined && { 'access-control-allow-headers': names }),
  };
}

/** A star would let every page on the machine in, and an address with a path no page at all. */
function check(origin: string): void {
  if (/^https?:/.test(origin) && URL.parse(origin)?.origin === origin) return;
  throw new AppError(
    'invalid-configuration',
    `CORS takes exact origins such as http://localhost:5173, not "${origin}".`,
  );
}
