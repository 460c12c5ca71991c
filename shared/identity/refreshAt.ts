/** Milliseconds; ACS's own credential renews ten minutes ahead (`AzureCommunicationTokenCredential`, `refreshProactively`). */
const ahead = 600_000;

/** When to ask for the next token: ten minutes before the end, or halfway to it if that is nearer. */
export const refreshAt = (expiresOn: number, now: number): number =>
  Math.max(expiresOn - ahead, now + Math.floor((expiresOn - now) / 2));
