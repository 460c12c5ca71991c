import type { TokenCredential } from '@azure/identity';
import { AppError } from '../../core/errors.ts';
import { isLoopback } from '../../core/loopback.ts';

/** How the SDKs repeat a request that met a broken connection, a 5xx or a throttle; delays grow from the first to the second, in milliseconds. */
export interface RetryLimits {
  readonly maxRetries: number;
  readonly retryDelayInMs: number;
  readonly maxRetryDelayInMs: number;
}

/** Addresses of an account's services, such as `https://name.table.core.windows.net`. */
export interface StorageEndpoints {
  readonly table: string;
  readonly queue: string;
  readonly blob: string;
}

/** Where storage is, and how it knows us: a connection string holds both; a credential needs TLS. */
export type StorageAccount =
  | { readonly connectionString: string }
  | { readonly endpoints: StorageEndpoints; readonly credential: TokenCredential };

/** Where storage is and how patient to be with it. Nothing here is looked at twice: it holds for an adapter's life. */
export type StorageConnection = StorageAccount & Patience;

interface Patience {
  /** Without it, the SDKs' own, which suit an application with more time than an event handler has. */
  readonly retry?: RetryLimits;
  /** After how many milliseconds one call is given up, with all its retries; 15,000 if not said, half of what Event Grid waits. */
  readonly deadlineMs?: number;
}

const plainEndpoint = /(?:^|;)\s*(?:Blob|Queue|Table)Endpoint\s*=\s*(http:[^;]+)/gi;
const plainProtocol = /(?:^|;)\s*DefaultEndpointsProtocol\s*=\s*http\s*(?:;|$)/i;
const emulator = /(?:^|;)\s*UseDevelopmentStorage\s*=\s*true/i;

/** Whether storage is reached without TLS: only on this machine; `invalid-configuration` for any other. */
export function speaksPlainHttp(account: StorageAccount): boolean {
  if (!('connectionString' in account)) return false;
  const { connectionString } = account;
  const hosts = [...connectionString.matchAll(plainEndpoint)].map(([, url = '']) => hostOf(url));
  const plain = hosts.length > 0 || plainProtocol.test(connectionString);
  if (plain && !(hosts.length > 0 && hosts.every(isLoopback)))
    throw new AppError(
      'invalid-configuration',
      'The storage connection string uses http: off this machine, say https.',
    );
  return plain || emulator.test(connectionString);
}

/**
 * Runs a call with a deadline of its own, which ends with it: thousands of timers that wait on after their calls cost time and
 * memory. A fresh signal for each, for one that lives longer gathers the SDK's listeners.
 */
export async function withinDeadline<T>(
  { deadlineMs = 15_000 }: Patience,
  call: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), deadlineMs);
  try {
    return await call({ abortSignal: controller.signal });
  } finally {
    clearTimeout(timer);
  }
}

export interface Deadline {
  readonly abortSignal: AbortSignal;
}

/** The same for what is called now and then. */
export const deadlineOf = ({ deadlineMs = 15_000 }: Patience): Deadline => ({
  abortSignal: AbortSignal.timeout(deadlineMs),
});

/** The limits in the words of the queue and blob SDKs, which count tries. */
export const pipelineOf = ({ retry }: Patience) =>
  retry ? { retryOptions: { ...retry, maxTries: retry.maxRetries + 1 } } : {};

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : '');
