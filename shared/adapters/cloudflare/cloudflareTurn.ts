import { AppError } from '../../core/errors.ts';
import type { Clock } from '../../core/time.ts';
import type { IceServer, IceServers } from '../../identity/iceServers.ts';

export interface CloudflareTurn {
  readonly keyId: string;
  readonly apiToken: string;
  /** Milliseconds. */
  readonly lifetime: number;
  readonly clock: Clock;
  /** Where the service is; said by tests alone. */
  readonly endpoint?: string | undefined;
  /** Milliseconds; 5,000 if not said. */
  readonly deadlineMs?: number | undefined;
}

/**
 * Credentials of Cloudflare's TURN service, made by it for each request
 * (https://developers.cloudflare.com/realtime/turn/generate-credentials/). It is told nothing of the user.
 */
export function cloudflareTurn(options: CloudflareTurn): IceServers {
  const {
    keyId,
    apiToken,
    lifetime,
    clock,
    endpoint = 'https://rtc.live.cloudflare.com',
    deadlineMs = 5_000,
  } = options;
  const url = `${endpoint}/v1/turn/keys/${encodeURIComponent(keyId)}/credentials/generate-ice-servers`;
  return {
    async serversFor() {
      const ttl = Math.floor(lifetime / 1_000);
      const expiresOn = clock.now() + ttl * 1_000;
      const answer = await post(url, { ttl }, { apiToken, deadlineMs });
      return { iceServers: serversIn(answer), expiresOn };
    },
  };
}

async function post(url: string, body: object, { apiToken, deadlineMs }: { apiToken: string; deadlineMs: number }) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { Authorization: `Bearer ${apiToken}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(deadlineMs),
    });
    if (response.ok) return await response.json();
    throw failed(`it answered ${response.status}`);
  } catch (error) {
    throw error instanceof AppError ? error : failed('it could not be reached', error);
  }
}

/** One server or several; what is not one is a failure, and told without the credentials that it may hold. */
function serversIn(answer: unknown): readonly IceServer[] {
  const { iceServers } = (answer ?? {}) as { readonly iceServers?: unknown };
  return (Array.isArray(iceServers) ? iceServers : [iceServers]).map(serverIn);
}

function serverIn(server: unknown): IceServer {
  const { urls, username, credential } = (server ?? {}) as Readonly<Record<string, unknown>>;
  const several = Array.isArray(urls) ? urls : [urls];
  if (![...several, username ?? '', credential ?? ''].every((text) => typeof text === 'string'))
    throw failed('its answer cannot be read');
  return {
    urls: several,
    ...(username !== undefined && { username: String(username) }),
    ...(credential !== undefined && { credential: String(credential) }),
  };
}

const failed = (why: string, cause?: unknown) =>
  new AppError('unavailable', `Cloudflare made no TURN credentials: ${why}.`, { cause });
