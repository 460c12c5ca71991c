import { createHmac } from 'node:crypto';
import type { Clock } from '../core/time.ts';
import type { IceServer, IceServers } from './iceServers.ts';

export interface SharedSecretTurn {
  readonly stunUrls: readonly string[];
  readonly turnUrls: readonly string[];
  /** What the TURN server knows as `static-auth-secret`; there if there are TURN addresses. */
  readonly secret: string | undefined;
  /** Milliseconds, at least a second. */
  readonly lifetime: number;
  readonly clock: Clock;
}

/**
 * Credentials that a TURN server checks by itself, by a secret that it shares with us (coturn: `use-auth-secret`;
 * draft-uberti-behave-turn-rest-00 §2.2). The user's name in it is a pseudonym.
 */
export const sharedSecretTurn = ({ stunUrls, turnUrls, secret, lifetime, clock }: SharedSecretTurn): IceServers => ({
  async serversFor(user) {
    const expiry = Math.floor((clock.now() + lifetime) / 1_000);
    const relays = secret === undefined ? [] : [{ urls: turnUrls, ...credentialOf(secret, `${expiry}:${user}`) }];
    const all: readonly IceServer[] = [{ urls: stunUrls }, ...relays];
    return { iceServers: all.filter(({ urls }) => urls.length > 0), expiresOn: expiry * 1_000 };
  },
});

/** The server recomputes the password from the name, which says when it ends. SHA-1 is what the protocol says. */
const credentialOf = (secret: string, username: string) => ({
  username,
  credential: createHmac('sha1', secret).update(username).digest('base64'),
});
