/** What the API answers, as docs/http-api.md has it. */
export interface Conversation {
  readonly id: string;
  readonly service: string;
  readonly subscriber: string;
  readonly lastAt: string;
  readonly preview: string;
  readonly unread: boolean;
  readonly flags: readonly Flag[];
  readonly mode: 'bot' | 'agent';
  readonly modeUntil?: string;
  readonly consent: 'given' | 'revoked';
}

export type Flag = 'stop-suggested' | 'unknown' | 'failed' | 'too-old';

export interface TextEntry {
  readonly id: string;
  readonly type: 'message';
  readonly direction: 'inbound' | 'outbound';
  readonly at: string;
  readonly text: string;
  readonly keyword?: string;
  readonly status?: 'queued' | 'sending' | 'unknown' | 'failed' | 'accepted' | 'delivered';
  readonly reason?: string;
  readonly reasonCode?: string;
  readonly purpose?: string;
  readonly author?: string;
  readonly nextTryAt?: string;
  readonly replyTo?: string;
  readonly resendOf?: string;
  readonly acceptedAt?: string;
  readonly deliveredAt?: string;
  readonly resends?: number;
}

export interface CallEntry {
  readonly id: string;
  readonly type: 'call';
  readonly direction: 'inbound' | 'outbound';
  readonly at: string;
  readonly outcome?: string;
  readonly reason?: string;
  readonly seconds?: number;
  readonly steps: readonly { readonly step: string; readonly at: string; readonly heard?: string }[];
  /** The texts that were sent on it, by their ids. */
  readonly texts: readonly string[];
  readonly passedOnAt?: string;
  readonly passedOnUntil?: string;
  /** In order; each is had by its id. */
  readonly recordings: readonly { readonly id: string; readonly seconds: number; readonly bytes: number }[];
  readonly recordingLost?: string;
}

export type Entry = TextEntry | CallEntry;

interface SentText {
  readonly message: TextEntry;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly cursor?: string;
}

export interface InboxPage extends Page<Conversation> {
  readonly service: string;
  readonly serviceNumbers: readonly string[];
}

export interface InboxQuery {
  readonly service?: string | undefined;
  readonly unread?: boolean | undefined;
  readonly flag?: Flag | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** An event that the app could not process, kept whole. */
export interface Dropped {
  readonly id: string;
  readonly keptAt: string;
  readonly reason: string;
  readonly event: unknown;
}

/** A text that agents start from. */
export interface Template {
  readonly name: string;
  readonly text: string;
}

interface Problem {
  readonly code?: string;
  readonly detail?: string;
  readonly title?: string;
}

/** A problem that the API told: `code` for programs, the message for people. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly status: number;

  constructor(status: number, problem: Problem) {
    super(problem.detail ?? problem.title ?? `The app answered ${status}.`);
    this.code = problem.code ?? 'internal';
    this.status = status;
  }
}

export interface Api {
  inbox(query: InboxQuery, signal?: AbortSignal): Promise<InboxPage>;
  /** The conversations with a number, latest first. */
  search(subscriber: string, service?: string): Promise<readonly Conversation[]>;
  conversation(id: string): Promise<Conversation>;
  entries(id: string, cursor?: string): Promise<Page<Entry>>;
  update(id: string, change: object): Promise<Conversation>;
  /** `key`: the same for every try of one message. */
  send(id: string, text: string, key: string): Promise<TextEntry>;
  /** `number`: the `resends` that were shown. */
  resend(id: string, entry: string, number: number): Promise<TextEntry>;
  export(id: string): Promise<unknown>;
  erase(id: string): Promise<void>;
  recording(id: string, entry: string, recording: string): Promise<Blob>;
  templates(): Promise<readonly Template[]>;
  /** Events that could not be processed, oldest first; these two take the role admin. */
  dropped(): Promise<Page<Dropped>>;
  redrive(id: string): Promise<void>;
}

/** Answers that are kept to be asked for again. */
const mostFollowed = 32;

/** What one request has besides its method and path. */
interface More {
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The app's own API, asked with a token that `token` gives, always fresh. `ended`: no token is taken any more. */
export function apiWith(token: () => Promise<string>, ended: () => void = () => {}): Api {
  async function ask(method: string, path: string, { body, headers, signal }: More = {}) {
    try {
      return await answered(`/api${path}`, {
        method,
        headers: {
          authorization: `Bearer ${await token()}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      });
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) ended();
      throw error;
    }
  }
  const json = async <T>(...request: Parameters<typeof ask>): Promise<T> => bodyOf<T>(await ask(...request));
  const known = new Map<string, { readonly etag: string; readonly body: unknown }>();
  /** Of what is asked again and again: the very same answer while it stands as it was. */
  async function followed<T>(path: string, signal?: AbortSignal): Promise<T> {
    const before = known.get(path);
    const response = await ask('GET', path, { headers: before && { 'if-none-match': before.etag }, signal });
    if (response.status === 304 && before !== undefined) return before.body as T;
    const body = await bodyOf<T>(response);
    const etag = response.headers.get('etag');
    known.delete(path);
    if (etag !== null) known.set(path, { etag, body });
    const [oldest] = known.keys();
    if (known.size > mostFollowed && oldest !== undefined) known.delete(oldest);
    return body;
  }
  const of = (id: string) => `/conversations/${encodeURIComponent(id)}`;
  return {
    inbox: (query, signal) => followed(`/conversations${searchOf({ ...query })}`, signal),
    search: async (subscriber, service) =>
      (await json<Page<Conversation>>('POST', '/conversations/search', { body: { subscriber, service } })).items,
    conversation: (id) => followed(of(id)),
    entries: (id, cursor) => followed(`${of(id)}/entries${searchOf({ cursor, limit: 50 })}`),
    update: (id, change) => json('PATCH', of(id), { body: change }),
    send: async (id, text, key) =>
      (await json<SentText>('POST', `${of(id)}/messages`, { body: { text }, headers: { 'idempotency-key': key } }))
        .message,
    resend: async (id, entry, number) =>
      (await json<SentText>('POST', `${of(id)}/messages/${entry}/resend`, { body: { number } })).message,
    export: (id) => json('GET', `${of(id)}/export`),
    erase: async (id) => {
      await ask('DELETE', of(id));
    },
    recording: async (id, entry, recording) =>
      (await ask('GET', `${of(id)}/recordings/${entry}${searchOf({ recording })}`)).blob(),
    templates: async () => (await followed<Page<Template>>('/templates')).items,
    dropped: () => json('GET', '/dropped'),
    redrive: async (id) => {
      await ask('POST', `/dropped/${id}/redrive`);
    },
  };
}

/** Throws `ApiError` for a problem, and what `fetch` throws where nothing answers. */
async function answered(url: string, request: RequestInit): Promise<Response> {
  const response = await fetch(url, request);
  if (response.ok || response.status === 304) return response;
  throw new ApiError(response.status, (await response.json().catch(() => ({}))) as Problem);
}

/** Throws a 502 where something else than the app has answered: whether the app did what was asked is not known then. */
async function bodyOf<T>(response: Response): Promise<T> {
  const body: unknown = await response.json().catch((error: unknown) => {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  });
  if (typeof body === 'object' && body !== null) return body as T;
  throw new ApiError(502, { detail: 'Something answered that is not the app.' });
}

function searchOf(query: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  return search.size === 0 ? '' : `?${search}`;
}
