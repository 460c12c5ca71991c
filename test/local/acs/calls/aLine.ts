import { CallAutomationClient, type CallAutomationClientOptions } from '@azure/communication-call-automation';
import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import type { AcsOptions } from '../../../../local/acs/startAcs.ts';
import { anAcs, subscriber, tollFree } from '../anAcs.ts';
import { anApp } from './anApp.ts';

export const agent = '+14255550177';
export const user = '8:acs:6c6f6361-6c20-4aca-8057-000000000001_ada';
const speech = { callIntelligenceOptions: { cognitiveServicesEndpoint: 'https://speech.local.world' } };

/** What is said takes no time, unless a test wants it to. SDKs go by the real clock, however far a test has moved its own. */
const prompt = {
  calls: { promptScale: 0 },
  switches: { repeatabilityWindowSeconds: 86_400, hmacDateToleranceMinutes: 0 },
};

export interface CallReport {
  readonly id: string;
  readonly state: string;
  readonly endedBy?: string;
  readonly connectionState?: string;
  readonly said: readonly Readonly<Record<string, unknown>>[];
  readonly participants: readonly { readonly who: string; readonly state: string }[];
  readonly callbacks: readonly { readonly type: string; readonly attempts: readonly { readonly outcome: string }[] }[];
  readonly [field: string]: unknown;
}

/** ACS, an app that takes its callbacks, and the unmodified SDK between them. */
export async function aLine(turned: Readonly<Record<string, unknown>> = prompt, more: Partial<AcsOptions> = {}) {
  const acs = await anAcs({ turned, ...more });
  const app = await anApp();
  const callback = `${app.url}/callbacks`;

  const inner = createDefaultHttpClient();
  const options: CallAutomationClientOptions = {
    allowInsecureConnection: true,
    retryOptions: { maxRetries: 0 },
    // Recordings lie at a host of Microsoft's; nothing else can send the SDK here.
    httpClient: {
      sendRequest(request) {
        const { hostname, pathname, search } = new URL(request.url);
        if (hostname.endsWith('.asm.skype.com')) request.url = `${acs.url}${pathname}${search}`;
        request.allowInsecureConnection = true;
        return inner.sendRequest(request);
      },
    },
  };
  const client = new CallAutomationClient(acs.connectionString, options);

  async function admin(method: string, path: string, body?: unknown) {
    const response = await fetch(`${acs.url}/admin${path}`, {
      method,
      body: body === undefined ? null : JSON.stringify(body),
    });
    const answer = await response.text();
    return { status: response.status, body: answer === '' ? undefined : JSON.parse(answer) };
  }
  const published = (type: string) => acs.eventGrid.published.filter(({ eventType }) => eventType.endsWith(`.${type}`));

  async function ring(from: string = subscriber, to: string = tollFree) {
    const { body } = await admin('POST', '/calls', { from, to });
    const context = String(published('IncomingCall').at(-1)!.data['incomingCallContext']);
    return { id: String(body.id), context };
  }
  async function answer(from: string = subscriber, more: Parameters<typeof client.answerCall>[2] = {}) {
    const rung = await ring(from);
    const before = app.types().filter((type) => type === 'ParticipantsUpdated').length;
    const { callConnection: call, callConnectionProperties: properties } = await client.answerCall(
      rung.context,
      callback,
      { ...speech, ...more },
    );
    await app.told('ParticipantsUpdated', before + 1);
    return { ...rung, call, media: call.getCallMedia(), properties };
  }
  const report = async (id: string): Promise<CallReport> => (await admin('GET', `/calls/${id}`)).body;

  return {
    ...acs,
    app,
    callback,
    client,
    options,
    admin,
    published,
    ring,
    answer,
    report,
    press: (id: string, ...tones: readonly string[]) => admin('POST', `/calls/${id}/tones`, { tones }),
    /** As if it had just begun; what callbacks are signed with stays. */
    async fresh() {
      await admin('POST', '/reset');
      app.forget();
    },
    async close() {
      await acs.close();
      await app.close();
    },
  };
}

export type Line = Awaited<ReturnType<typeof aLine>>;
export type Answered = Awaited<ReturnType<Line['answer']>>;

export const phone = (phoneNumber: string) => ({ phoneNumber });
export const text = (words: string) => ({ kind: 'textSource', text: words, sourceLocale: 'en-US' }) as const;
