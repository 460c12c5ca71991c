import type { Schema } from './rules.ts';

/** A topic that anybody with its key may publish to, as distinct from the grid's own, whose events a service makes. */
export interface CustomTopic {
  readonly name: string;
  /** What `aeg-sas-key` must say. */
  readonly key: string;
  /** The one schema it takes. */
  readonly inputSchema: Schema;
}

const group = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local';

/** The resource id of the topic that a subscription is one of; `own` is that of the grid's own. */
export const topicIdOf = ({ topic }: { readonly topic?: string | undefined }, own: string): string =>
  topic === undefined ? own : `${group}/providers/Microsoft.EventGrid/topics/${topic}`;
