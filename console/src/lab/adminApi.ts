/** A text of the app's, as the carrier has it. */
export interface SentText {
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly message: string;
  readonly status: 'accepted' | 'delivered' | 'failed' | 'blocked';
  readonly details?: string;
  readonly tag?: string;
  readonly repeatabilityId?: string;
  readonly attempts: number;
  readonly sentAt: string;
}

/** What the carrier told a subscriber by itself, such as its own answer to STOP; milliseconds since 1970. */
export interface Notice {
  readonly from: string;
  readonly to: string;
  readonly message: string;
  readonly sentAt: number;
}

export interface Attempt {
  readonly at: string;
  readonly ms: number;
  readonly outcome: string;
  readonly status?: number;
  readonly detail?: string;
}

export interface EventDelivery {
  readonly subscription: string;
  readonly state: 'waiting' | 'delivered' | 'dead-lettered';
  readonly attempts: readonly Attempt[];
  readonly nextTryAt?: string;
  readonly deadLetterReason?: string;
}

/** One event, and what came of it with each subscription. */
export interface WorldEvent {
  /** The world's own: two events may bear the same id. */
  readonly number: number;
  readonly publishedAt: string;
  readonly event: {
    readonly id: string;
    readonly eventType: string;
    readonly subject: string;
    readonly eventTime: string;
    readonly data: Readonly<Record<string, unknown>>;
  };
  readonly deliveries: readonly EventDelivery[];
}

export interface Said {
  readonly at: string;
  readonly text?: string;
  readonly ssml?: string;
  readonly file?: string;
  readonly tones?: readonly string[];
}

export interface WorldCall {
  readonly id: string;
  readonly direction: 'inbound' | 'outbound';
  readonly from: string;
  readonly to: string;
  readonly state: string;
  readonly startedAt: string;
  readonly connectedAt?: string;
  readonly endedAt?: string;
  readonly endedBy?: string;
  readonly waitsFor: readonly string[];
  readonly participants: readonly { readonly who: string; readonly state: string }[];
  readonly said: readonly Said[];
  readonly serverCallId?: string;
  readonly recordings: readonly { readonly id: string; readonly state: string }[];
  readonly callbacks: readonly {
    readonly id: string;
    readonly type: string;
    readonly time: string;
    readonly attempts: readonly { readonly at: string; readonly outcome: string }[];
  }[];
}

export interface ServiceNumber {
  readonly number: string;
  readonly kind: string;
}

/** Parts of dials by name, each a number, a word or a switch. */
export type Dials = Readonly<Record<string, unknown>>;

/** As much of JSON Schema as tells a dial, or a part of them. */
export interface DialSchema {
  readonly type: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, DialSchema>>;
}

/** Dials, by their ways such as `sms.status5xx`, that go back to their defaults by themselves. */
export interface Passing {
  readonly dials: readonly string[];
  /** ISO 8601. */
  readonly until: string;
}

/** What is new since a look; `whole`: all there is, for the world began anew. `cursor` is for the next look. */
export interface Look {
  readonly whole: boolean;
  readonly cursor: string;
}

/** The control surface of the local world; an error of its says what to change. */
export interface LabApi {
  numbers(): Promise<readonly ServiceNumber[]>;
  text(from: string, to: string, message: string): Promise<{ readonly messageId: string }>;
  sent(since?: string): Promise<Look & { readonly sent: readonly SentText[]; readonly notices: readonly Notice[] }>;
  events(since?: string): Promise<Look & { readonly events: readonly WorldEvent[] }>;
  redeliver(id: string): Promise<void>;
  dials(): Promise<Dials>;
  dialsSchema(): Promise<DialSchema>;
  passing(): Promise<readonly Passing[]>;
  /** A merge patch; with `forSeconds` the dials that it names go back to their defaults then. */
  change(patch: object, forSeconds?: number): Promise<Dials>;
  /** The latest. */
  calls(): Promise<readonly WorldCall[]>;
  call(from: string, to: string): Promise<{ readonly id: string }>;
  press(id: string, tone: string, who: string): Promise<void>;
  say(id: string, text: string, who: string): Promise<void>;
  pickUp(id: string, how: 'answer' | 'decline' | 'busy', who: string): Promise<void>;
  hangUp(id: string, who: string): Promise<void>;
}

const latestCalls = 30;

const sinceOf = (cursor: string | undefined): string =>
  cursor === undefined ? '' : `?since=${encodeURIComponent(cursor)}`;

export function labApi(admin: string): LabApi {
  async function ask<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${admin}/admin${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    const answer = text === '' ? undefined : JSON.parse(text);
    if (!response.ok) throw new Error(answer?.detail ?? `The local world answered ${response.status}.`);
    return answer as T;
  }
  return {
    numbers: async () => (await ask<{ numbers: ServiceNumber[] }>('GET', '/numbers')).numbers,
    text: (from, to, message) => ask('POST', '/sms', { from, to, message }),
    sent: (since) => ask('GET', `/sms${sinceOf(since)}`),
    events: (since) => ask('GET', `/events${sinceOf(since)}`),
    redeliver: (id) => ask('POST', `/events/${encodeURIComponent(id)}/redeliver`),
    dials: () => ask('GET', '/dials'),
    dialsSchema: () => ask('GET', '/dials/schema'),
    passing: async () => (await ask<{ passing: Passing[] }>('GET', '/dials/passing')).passing,
    change: (patch, forSeconds) =>
      ask('PUT', forSeconds === undefined ? '/dials' : `/dials?forSeconds=${forSeconds}`, patch),
    calls: async () => (await ask<{ calls: WorldCall[] }>('GET', `/calls?latest=${latestCalls}`)).calls,
    call: (from, to) => ask('POST', '/calls', { from, to }),
    press: (id, tone, from) => ask('POST', `/calls/${id}/tones`, { tones: [tone], from }),
    say: (id, text, from) => ask('POST', `/calls/${id}/speech`, { text, from }),
    pickUp: (id, how, who) => ask('POST', `/calls/${id}/${how}`, { who }),
    hangUp: (id, who) => ask('DELETE', `/calls/${id}?who=${encodeURIComponent(who)}`),
  };
}
