import { entryOf } from '../../shared/adapters/storage/rows.ts';
import type { Entry, OutboundMessage } from '../../shared/conversations/entry.ts';
import { statusOf } from '../../shared/conversations/status.ts';
import { subscriber } from '../support/smsValues.ts';
import type { App } from './app.ts';
import { ask } from './clients.ts';
import { childOf, type Id } from './dice.ts';
import type { Told } from './ledger.ts';
import type { HappeningOf } from './plan.ts';

const agent = 'ada';
const ignored = { told: () => {}, refused: () => {} };

/** What is told about one request, however often it is asked. */
function toldFor(request: string, { ground: { ledger } }: App): Told {
  const told = ledger.requests.get(request) ?? { request, entries: new Set(), refused: false, lateTaken: false };
  ledger.requests.set(request, told);
  return told;
}

export function send({ id, text, keyed, patience }: HappeningOf<'send'>, app: App): void {
  const { stage, workers, plan } = app.ground;
  stage.tell?.('agent', `sends “${text}”`);
  const told = toldFor(`send “${text}”`, app);
  const request = { service: plan.service, subscriber, text, agent, idempotencyKey: keyed ? text : undefined };
  ask(stage, workers, {
    id,
    label: told.request,
    patience,
    use: (caller) => app.uses.sendSms(request, app.services(caller, 'sendSms')),
    told: ({ message }) => told.entries.add(message.key),
    takenLate: () => {
      told.lateTaken = true;
    },
    refused({ code }) {
      told.refused ||= code === 'opted-out';
    },
  });
}

export function setMode({ id, mode }: HappeningOf<'mode'>, app: App): void {
  const { stage, workers, conversation } = app.ground;
  stage.tell?.('agent', mode === 'agent' ? 'takes over' : 'gives it back to the bot');
  const request = { conversation, agent, update: { mode } };
  const use = (caller: Parameters<App['services']>[0]) =>
    app.uses.updateConversation(request, app.services(caller, 'updateConversation'));
  ask(stage, workers, { ...ignored, id, label: `mode ${mode}`, patience: 2, use });
}

export function erase(id: Id, app: App): void {
  const { stage, workers, conversation, ledger } = app.ground;
  stage.tell?.('agent', 'erases the conversation');
  ask(stage, workers, {
    ...ignored,
    id,
    label: 'erase',
    patience: 3,
    use: (caller) => app.uses.eraseConversation(conversation, agent, app.services(caller, 'eraseConversation')),
    told: (erasedAt) => ledger.erasures.push(erasedAt),
  });
}

/** An agent opens the inbox; who reads a row that stands in the wrong place puts it right. */
export function readInbox(id: Id, app: App): void {
  const { stage, workers, plan } = app.ground;
  const query = { service: plan.service, size: 50 };
  const use = (caller: Parameters<App['services']>[0]) =>
    app.uses.listConversations(query, app.services(caller, 'listConversations'));
  ask(stage, workers, { ...ignored, id, label: 'read the inbox', patience: 0, use });
}

/** "Send anew" on the latest that has failed or is unknown. All clicks carry what was seen before the first. */
export async function resend({ id, clicks }: HappeningOf<'resend'>, app: App): Promise<void> {
  const { stage, conversation, tables } = app.ground;
  const { entities } = await tables.conversations.query({ partition: conversation, from: 'e', below: 'f' }, 100);
  const seen = entities.map(entryOf).find(canBeSentAnew);
  if (seen === undefined) return;
  for (const [n, after] of [0, ...clicks].entries()) stage.agenda.after(after, () => click(childOf(id, n), seen, app));
}

const canBeSentAnew = (entry: Entry): entry is OutboundMessage =>
  entry.direction === 'outbound' && ['failed', 'unknown'].includes(statusOf(entry));

function click(id: Id, { key, text, resends = 0 }: OutboundMessage, app: App): void {
  const { stage, workers, conversation } = app.ground;
  const told = toldFor(`resend ${resends} of ${key}`, app);
  const request = { conversation, entry: key, number: resends, agent };
  stage.tell?.('agent', `presses “send anew” on “${text}”`);
  ask(stage, workers, {
    ...ignored,
    id,
    label: `resend of “${text}”`,
    patience: 1,
    use: (caller) => app.uses.resendSms(request, app.services(caller, 'resendSms')),
    told: ({ message }) => told.entries.add(message.key),
  });
}
