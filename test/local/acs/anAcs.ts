import { SmsClient, type SmsClientOptions, type SmsSendOptions, type SmsSendRequest } from '@azure/communication-sms';
import { localAccessKey } from '../../../local/acs/connection.ts';
import { holdDials } from '../../../local/acs/dialsHolder.ts';
import { exampleNumbers } from '../../../local/acs/numbers.ts';
import { type AcsOptions, startAcs } from '../../../local/acs/startAcs.ts';
import { changeDials, defaultDials } from '../../../local/dials.ts';
import type { SystemEvent } from '../../../local/eventGrid/systemEvent.ts';
import { virtualTimers } from '../eventGrid/virtualTimers.ts';

export const tollFree = '+18005550100';
export const local = '+14255550100';
export const subscriber = '+14255550123';

/** The fields of an SMS event that tests look at. */
export interface SmsEvent extends SystemEvent {
  readonly data: Readonly<Record<string, unknown>>;
}

/** An Event Grid that keeps what it is given. */
export function anEventGrid() {
  const published: SmsEvent[] = [];
  return {
    published,
    publish: (event: SystemEvent) => void published.push(event as SmsEvent),
    reports: () => published.filter(({ eventType }) => eventType.endsWith('SMSDeliveryReportReceived')),
    since: () => ({ events: published, whole: true, cursor: '' }),
    redeliver: (id: string) => published.filter((event) => event.id === id).length,
    deadLetters: (): readonly unknown[] => [],
    clear: () => void published.splice(0),
    handle: (request: Request) =>
      request.url.endsWith('/eventgrid/validate?id=a') ? new Response('Good.') : undefined,
  };
}

/** Time that the test moves, and that says when somebody begins to wait. It starts at the present, which the SDK signs. */
function watchedTimers() {
  const timers = virtualTimers(Date.now());
  const watchers: (() => void)[] = [];
  return {
    ...timers,
    setTimeout(run: () => void, ms: number) {
      for (const resolve of watchers.splice(0)) resolve();
      return timers.setTimeout(run, ms);
    },
    /** Resolves when the next timer is set. */
    armed: () => new Promise<void>((resolve) => watchers.push(resolve)),
  };
}

/** The emulator as a test sees it: on a free port, in time that the test moves, with the SDK as its client. */
export async function anAcs(options: Partial<AcsOptions> & { readonly turned?: unknown } = {}) {
  const timers = watchedTimers();
  const eventGrid = anEventGrid();
  const log: { readonly event: string; readonly reason: unknown }[] = [];
  const dials = holdDials(changeDials(defaultDials, options.turned ?? {}));
  const acs = await startAcs({
    port: 0,
    numbers: exampleNumbers,
    accessKey: localAccessKey,
    dials,
    eventGrid,
    timers,
    log: (_level, event, fields) => void log.push({ event, reason: fields?.['reason'] }),
    ...options,
  });
  const client = (clientOptions: SmsClientOptions = {}, connectionString = acs.connectionString) =>
    new SmsClient(connectionString, { allowInsecureConnection: true, ...clientOptions });
  const send = (request: Partial<SmsSendRequest> = {}, sendOptions?: SmsSendOptions) =>
    client().send({ from: local, to: [subscriber], message: 'hello', ...request }, sendOptions);
  return { ...acs, timers, eventGrid, dials, log, client, send };
}

export type TestAcs = Awaited<ReturnType<typeof anAcs>>;
