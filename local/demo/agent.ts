import type { World } from '../world.ts';
import { apiAs } from './api.ts';

/** What the API shows of a conversation and of an entry, as far as the story looks at it. */
export interface SeenConversation {
  readonly id: string;
  readonly subscriber: string;
  readonly unread: boolean;
  readonly consent: string;
}

export interface SeenEntry {
  readonly id: string;
  readonly direction: 'inbound' | 'outbound';
  readonly text: string;
  readonly status?: string;
  readonly reason?: string;
}

export interface SeenCall {
  readonly type: string;
  readonly outcome?: string;
  readonly steps: readonly { readonly step: string; readonly heard?: string }[];
  readonly recording?: { readonly seconds: number };
}

/** An agent at work: signed in with the world's issuer, using the app's HTTP API as any client would. */
export interface Agent {
  conversationWith(subscriber: string, service: string): Promise<SeenConversation | undefined>;
  /** Latest first. */
  entries(conversation: SeenConversation): Promise<readonly SeenEntry[]>;
  /** The same of the calls alone. */
  calls(conversation: SeenConversation): Promise<readonly SeenCall[]>;
  /** The status of the answer, and its JSON. */
  send(
    conversation: SeenConversation,
    text: string,
    idempotencyKey: string,
  ): Promise<{ status: number; body: unknown }>;
}

export async function anAgent(world: World): Promise<Agent> {
  const call = await apiAs(world, 'agent');
  const read = async (path: string) => {
    const { status, body } = await call(path);
    if (status !== 200) throw new Error(`GET /api${path} answered ${status}: ${JSON.stringify(body)}`);
    return body as { items: never[] };
  };
  return {
    async conversationWith(subscriber, service) {
      const { items } = await read(`/conversations?service=${encodeURIComponent(service)}`);
      return items.find((conversation: SeenConversation) => conversation.subscriber === subscriber);
    },
    entries: async ({ id }) => (await read(`/conversations/${id}/entries`)).items,
    async calls({ id }) {
      const { items } = await read(`/conversations/${id}/entries`);
      return items.filter(({ type }: SeenCall) => type === 'call');
    },
    send: ({ id }, text, idempotencyKey) =>
      call(`/conversations/${id}/messages`, {
        method: 'POST',
        headers: { 'idempotency-key': idempotencyKey },
        body: JSON.stringify({ text }),
      }),
  };
}
