import { entryOf } from '../../shared/adapters/storage/rows.ts';
import type { OutboundMessage } from '../../shared/conversations/entry.ts';
import { entryIdOf, entryKeyOf } from '../../shared/conversations/keys.ts';
import { statusOf } from '../../shared/conversations/status.ts';
import { ticksOf } from '../../shared/core/time.ts';
import { readKeyword } from '../../shared/sms/keywords.ts';
import { subscriber, tollFree } from '../support/smsValues.ts';
import type { App } from './app.ts';
import { ask } from './clients.ts';
import { childOf, type Id } from './dice.ts';
import type { Told } from './ledger.ts';
import type { Happening } from './plan.ts';

/** Lets people do what the plan says. */
export function happen(happening: Happening, app: App): void {
  const { stage } = app.ground;
  switch (happening.type) {
    case 'text':
      text(happening.text, happening.id, app);
      break;
    case 'send':
      stage.tell?.('agent', `sends “${happening.text}”`);
      send(happening, app);
      break;
    case 'mode':
      stage.tell?.('agent', happening.mode === 'agent' ? 'takes over' : 'gives it back to the bot');
      setMode(happening, app);
      break;
    case 'resend':
      void resend(happening, app);
      break;
    case 'erase':
      stage.tell?.('agent', 'erases the conversation');
      erase(happening.id, app);
      break;
    case 'list':
      readInbox(happening.id, app);
      break;
    case 'stray-report':
      strayReport(happening.id, app);
      break;
  }
}

function text(words: string, id: Id, app: App): void {
  const { stage, plan, ledger } = app.ground;
  const messageId = `text ${ledger.texts.length + 1} “${words}”`;
  stage.tell?.('subscriber', `texts “${words}”`);
  const { keyword, word } = readKeyword(words);
  if (keyword === 'stop' && plan.service === tollFree) app.blocked = true;
  if (keyword === 'start' && word !== 'YES') app.blocked = false;
  app.receive({ messageId, service: plan.service, subscriber, text: words, at: ticksOf(stage.now()) }, id);
}

/** What is told about one request, however often it is asked. */
function toldFor(request: string, { ground: { ledger } }: App): Told {
  const told = ledger.requests.get(request) ?? { request, entries: new Set(), refused: false, lateTaken: false };
  ledger.requests.set(request, told);
  return told;
}

function send({ id, text, keyed, patience }: Happening & { readonly type: 'send' }, app: App): void {
  const { stage, workers, plan } = app.ground;
  const told = toldFor(`send “${text}”`, app);
  const request = { service: plan.service, subscriber, text, agent: 'ada', idempotencyKey: keyed ? text : undefined };
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

function setMode({ id, mode }: Happening & { readonly type: 'mode' }, app: App): void {
  const { stage, workers, conversation } = app.ground;
  const request = { conversation, agent: 'ada', update: { mode } };
  ask(stage, workers, {
    id,
    label: `mode ${mode}`,
    patience: 2,
    use: (caller) => app.uses.updateConversation(request, app.services(caller, 'updateConversation')),
    told: () => {},
    refused: () => {},
  });
}

/** All clicks carry what the agent saw before the first. */
async function resend({ id, clicks }: Happening & { readonly type: 'resend' }, app: App): Promise<void> {
  const { stage, workers, conversation, tables } = app.ground;
  const { entities } = await tables.conversations.query({ partition: conversation, from: 'e', below: 'f' }, 100);
  const seen = entities
    .map(entryOf)
    .find(
      (entry): entry is OutboundMessage =>
        entry.direction === 'outbound' && ['failed', 'unknown'].includes(statusOf(entry)),
    );
  if (seen === undefined) return;
  const number = seen.resends ?? 0;
  const told = toldFor(`resend ${number} of ${seen.key}`, app);
  const request = { conversation, entry: seen.key, number, agent: 'ada' };
  for (const [n, after] of [0, ...clicks].entries()) {
    stage.agenda.after(after, () => {
      stage.tell?.('agent', `presses “send anew” on “${seen.text}”`);
      ask(stage, workers, {
        id: childOf(id, n),
        label: `resend of “${seen.text}”, click ${n + 1}`,
        patience: 1,
        use: (caller) => app.uses.resendSms(request, app.services(caller, 'resendSms')),
        told: ({ message }) => told.entries.add(message.key),
        refused: () => {},
      });
    });
  }
}

/** An agent opens the inbox; who reads a row that stands in the wrong place puts it right. */
export function readInbox(id: Id, app: App): void {
  const { stage, workers, plan } = app.ground;
  ask(stage, workers, {
    id,
    label: 'read the inbox',
    patience: 0,
    use: (caller) =>
      app.uses.listConversations({ service: plan.service, size: 50 }, app.services(caller, 'listConversations')),
    told: () => {},
    refused: () => {},
  });
}

function erase(id: Id, app: App): void {
  const { stage, workers, conversation, ledger } = app.ground;
  ask(stage, workers, {
    id,
    label: 'erase',
    patience: 3,
    use: (caller) => app.uses.eraseConversation(conversation, 'ada', app.services(caller, 'eraseConversation')),
    told: (erasedAt) => ledger.erasures.push(erasedAt),
    refused: () => {},
  });
}

/** Late news of a text whose conversation was erased. */
function strayReport(id: Id, app: App): void {
  const { stage, conversation } = app.ground;
  const key = entryKeyOf(ticksOf(stage.now() - 86_400_000), 'other', entryIdOf({ type: 'inbound', messageId: 'gone' }));
  const report = { conversation, key, providerId: 'Outgoing_0', at: stage.now(), reason: 'No error.' };
  app.report({ ...report, delivered: true, optedOut: false }, id, 0);
}
