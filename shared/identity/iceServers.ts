import { AppError } from '../core/errors.ts';
import type { UserKey } from './keys.ts';

/** As `RTCPeerConnection` takes it; `credential` lets its bearer relay until it expires. */
export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string | undefined;
  readonly credential?: string | undefined;
}

export interface IceAnswer {
  readonly iceServers: readonly IceServer[];
  /** Milliseconds since 1970. */
  readonly expiresOn: number;
}

/** Where two ends that cannot reach each other may meet. */
export interface IceServers {
  /** Throws `unavailable` where another service has to be asked and does not answer. */
  serversFor(user: UserKey): Promise<IceAnswer>;
}

/** Throws `not-found` where the app is given no servers. */
export function iceServersFor(user: UserKey, servers: IceServers | undefined): Promise<IceAnswer> {
  if (servers !== undefined) return servers.serversFor(user);
  throw new AppError('not-found', 'There are no ICE servers here: STUN_URLS and TURN_URLS are not set.');
}
