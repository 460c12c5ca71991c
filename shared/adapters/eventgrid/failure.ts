import type { TopicFailure } from '../../conversations/publishing.ts';

/** What an error of the SDK tells; it comes from the service (`statusCode`), the network (`code`), or our own deadline. */
interface PublishError {
  readonly statusCode?: number;
  readonly code?: string;
  readonly name?: string;
}

/** These pass by themselves; any other 4xx (a key, an address, a topic of another schema) has to be mended by a person. */
const passing = [408, 429];

export function failureOf(thrown: unknown): TopicFailure {
  const { statusCode, code, name } = thrown as PublishError;
  if (name === 'AbortError') return { reason: 'The topic did not answer in time.', alarm: false };
  if (statusCode === undefined) return { reason: `The topic could not be reached (${code ?? name}).`, alarm: false };
  const alarm = statusCode >= 400 && statusCode < 500 && !passing.includes(statusCode);
  return { reason: `The topic answered ${[statusCode, code].filter(Boolean).join(' ')}.`, alarm };
}
