import type { AuthLevel } from './bindings.ts';
import type { HostRequest } from './httpServer.ts';

/** The keys that Azure would have made. A host without them asks for none, as the Core Tools do. */
export interface HostKeys {
  /** `_master`: opens everything, and alone the level `admin`. */
  readonly master: string;
  /** The host's `default` key: opens every function of the level `function`. */
  readonly host?: string | undefined;
  /** A function's own key, by the function's name. */
  readonly functions?: Readonly<Record<string, string>> | undefined;
  /** The system key `eventgrid_extension`, for the Event Grid webhook. */
  readonly eventGrid?: string | undefined;
}

/** Whether the request may call this function over HTTP. */
export function mayCall(
  keys: HostKeys | undefined,
  request: HostRequest,
  to: { name: string; authLevel: AuthLevel },
): boolean {
  if (to.authLevel === 'anonymous') return true;
  return opens(keys, request, (known) => (to.authLevel === 'admin' ? [] : [known.host, known.functions?.[to.name]]));
}

export const mayAdminister = (keys: HostKeys | undefined, request: HostRequest): boolean =>
  opens(keys, request, () => []);

export const mayDeliver = (keys: HostKeys | undefined, request: HostRequest): boolean =>
  opens(keys, request, (known) => [known.eventGrid]);

/** The header wins over the query. */
function opens(
  keys: HostKeys | undefined,
  { headers, url }: HostRequest,
  accepted: (keys: HostKeys) => readonly (string | undefined)[],
): boolean {
  if (keys === undefined) return true;
  const given = headers['x-functions-key'] ?? url.searchParams.get('code') ?? undefined;
  return given !== undefined && [keys.master, ...accepted(keys)].includes(given);
}
