import type { HttpContext } from './answer.ts';
import { signatureProblem } from './signature.ts';

/** What a caller of the wire may prove himself with. */
export interface Gate {
  /** The access key, as bytes. */
  readonly key: Uint8Array;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How far the date of a signed request may lie from ours, in milliseconds; `undefined`: as far as it likes. */
  readonly tolerance: () => number | undefined;
  /** What is wrong with a bearer token, in words for the log; absent: nobody here issues any. */
  readonly bearerProblem?: ((token: string) => Promise<string | undefined>) | undefined;
}

/** Why a request is not let in, in words for the log, or `undefined` if it is: by its signature, or by a bearer token. */
export async function denial(c: HttpContext, body: Uint8Array, gate: Gate): Promise<string | undefined> {
  const [, token] = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
  return token === undefined ? unsigned(c, body, gate) : await untrusted(c, token, gate);
}

/** The framework's own view of a request is tidied; what was signed is what came over the wire. */
function unsigned(c: HttpContext, body: Uint8Array, { key, now, tolerance }: Gate): string | undefined {
  const { url: target = '', method = '', headers } = c.env.incoming;
  return signatureProblem({ method, target, headers, body }, key, { now: now(), tolerance: tolerance() });
}

/** A token is as good as a key to whoever reads it on the way, so it counts over TLS only. */
async function untrusted(c: HttpContext, token: string, { bearerProblem }: Gate): Promise<string | undefined> {
  if (!('encrypted' in c.env.incoming.socket)) return 'a bearer token came over plain HTTP';
  if (bearerProblem === undefined) return 'nobody issues bearer tokens here';
  return bearerProblem(token);
}
