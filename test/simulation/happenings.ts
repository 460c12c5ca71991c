import { entryIdOf, entryKeyOf } from '../../shared/conversations/keys.ts';
import { ticksOf } from '../../shared/core/time.ts';
import { readKeyword } from '../../shared/sms/keywords.ts';
import { subscriber, tollFree } from '../support/smsValues.ts';
import { erase, readInbox, resend, send, setMode } from './agents.ts';
import type { App } from './app.ts';
import type { Id } from './dice.ts';
import type { Happening, HappeningOf } from './plan.ts';
import type { HappeningType } from './profiles.ts';

type Doing = { readonly [T in HappeningType]: (happening: HappeningOf<T>, app: App) => void };

/** Lets people do what the plan says. */
export function happen(happening: Happening, app: App): void {
  const act = doing[happening.type] as (happening: Happening, app: App) => void;
  act(happening, app);
}

const doing: Doing = {
  text,
  send,
  mode: setMode,
  resend: (happening, app) => void resend(happening, app),
  erase: ({ id }, app) => erase(id, app),
  list: ({ id }, app) => readInbox(id, app),
  'stray-report': ({ id }, app) => strayReport(id, app),
};

/** On a toll-free number the carrier acts on the word before we hear of it. */
function text({ text: words, id }: HappeningOf<'text'>, app: App): void {
  const { stage, plan, ledger } = app.ground;
  stage.tell?.('subscriber', `texts “${words}”`);
  const messageId = `text ${ledger.texts.length + 1} “${words}”`;
  const { keyword, word } = readKeyword(words);
  if (keyword === 'stop' && plan.service === tollFree) app.blocked = true;
  if (keyword === 'start' && word !== 'YES') app.blocked = false;
  app.receive({ messageId, service: plan.service, subscriber, text: words, at: ticksOf(stage.now()) }, id);
}

/** Late news of a text whose conversation was erased. */
function strayReport(id: Id, app: App): void {
  const { stage, conversation } = app.ground;
  const key = entryKeyOf(ticksOf(stage.now() - 86_400_000), 'other', entryIdOf({ type: 'inbound', messageId: 'gone' }));
  const told = { providerId: 'Outgoing_0', delivered: true, at: stage.now(), reason: 'No error.', optedOut: false };
  app.report({ report: { conversation, key, ...told }, id, after: 0 });
}
