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

export interface WorldEvent {
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

/** The control surface of the local world; an error of its says what to change. */
export interface LabApi {
  numbers(): Promise<readonly ServiceNumber[]>;
  text(from: string, to: string, message: string): Promise<{ readonly messageId: string }>;
  sent(): Promise<{ readonly sent: readonly SentText[]; readonly notices: readonly Notice[] }>;
  events(): Promise<readonly WorldEvent[]>;
  redeliver(id: string): Promise<void>;
  deadLetters(): Promise<readonly unknown[]>;
  dials(): Promise<Dials>;
  change(patch: object): Promise<Dials>;
  calls(): Promise<readonly WorldCall[]>;
  call(from: string, to: string): Promise<{ readonly id: string }>;
  press(id: string, tone: string): Promise<void>;
  say(id: string, text: string): Promise<void>;
  pickUp(id: string, how: 'answer' | 'decline' | 'busy'): Promise<void>;
  hangUp(id: string): Promise<void>;
  reset(): Promise<void>;
}

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
    sent: () => ask('GET', '/sms'),
    events: async () => (await ask<{ events: WorldEvent[] }>('GET', '/events')).events,
    redeliver: (id) => ask('POST', `/events/${encodeURIComponent(id)}/redeliver`),
    deadLetters: async () => (await ask<{ deadLetters: unknown[] }>('GET', '/dead-letters')).deadLetters,
    dials: () => ask('GET', '/dials'),
    change: (patch) => ask('PUT', '/dials', patch),
    calls: async () => (await ask<{ calls: WorldCall[] }>('GET', '/calls')).calls,
    call: (from, to) => ask('POST', '/calls', { from, to }),
    press: (id, tone) => ask('POST', `/calls/${id}/tones`, { tones: [tone] }),
    say: (id, text) => ask('POST', `/calls/${id}/speech`, { text }),
    pickUp: (id, how) => ask('POST', `/calls/${id}/${how}`, {}),
    hangUp: (id) => ask('DELETE', `/calls/${id}`),
    reset: () => ask('POST', '/reset'),
  };
}
