import type { Config } from '../config.ts';
import { AppError } from '../core/errors.ts';
import type { IdentitySettings } from '../identity/identityServices.ts';
import { type Scope, type ScopesByHolder, scopeHolders, scopes } from '../identity/scopes.ts';

/** The configuration in the words of identity. */
export const identitySettings = (config: Config): IdentitySettings => ({
  conversationKey: config.CONVERSATION_KEY,
  scopes: scopesByHolder(config),
  tokensPerHour: config.TOKENS_PER_HOUR,
  teamsClientId: config.TEAMS_CLIENT_ID,
});

function scopesByHolder({ TOKEN_SCOPES: lines }: Config): ScopesByHolder {
  const twice = lines.find(({ holder }, at) => lines.findIndex((one) => one.holder === holder) < at);
  if (twice !== undefined)
    throw new AppError(
      'invalid-configuration',
      `TOKEN_SCOPES has "${twice.holder}" twice: put its scopes into one list.`,
    );
  return Object.fromEntries(
    lines.map(({ holder, scopes: words }) => [
      known(holder, scopeHolders),
      words.map((word): Scope => known(word, scopes)),
    ]),
  );
}

function known<T extends string>(word: string, words: readonly T[]): T {
  const found = words.find((one) => one === word);
  if (found !== undefined) return found;
  throw new AppError('invalid-configuration', `TOKEN_SCOPES has "${word}", which is none of ${words.join(', ')}.`);
}
