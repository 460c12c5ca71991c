import { audited, type Deed } from './audit.ts';
import type { IdentityServices } from './identityServices.ts';

/** Whose, and by whom. */
export type Target = Pick<Deed, 'user' | 'by'>;

/** Makes all of a user's tokens worthless; there may be none. The identity stays, and can have new ones. */
export const revokeTokens = (target: Target, { map, provider, log }: IdentityServices): Promise<void> =>
  audited({ what: 'revoke', ...target }, log, async () => {
    const found = await map.read(target.user);
    // Also where a deletion was begun: it may have died before it came to the tokens.
    if (found?.value.identity !== undefined) await provider.revokeTokens(found.value.identity);
  });
