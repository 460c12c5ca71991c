import { cloudflareTurn } from '../adapters/cloudflare/cloudflareTurn.ts';
import type { Config } from '../config.ts';
import type { Clock } from '../core/time.ts';
import type { IceServers } from '../identity/iceServers.ts';
import { sharedSecretTurn } from '../identity/sharedSecretTurn.ts';

/** The ICE servers that the configuration names, if any. */
export function iceServersOf(config: Config, clock: Clock): IceServers | undefined {
  const { STUN_URLS: stunUrls, TURN_URLS: turnUrls, TURN_SECRET: secret, TURN_TTL_SECONDS: lifetime } = config;
  const { CLOUDFLARE_TURN_KEY_ID: keyId, CLOUDFLARE_TURN_API_TOKEN: apiToken } = config;
  if (keyId !== undefined && apiToken !== undefined) return cloudflareTurn({ keyId, apiToken, lifetime, clock });
  if (stunUrls.length + turnUrls.length === 0) return undefined;
  return sharedSecretTurn({ stunUrls, turnUrls, secret, lifetime, clock });
}
