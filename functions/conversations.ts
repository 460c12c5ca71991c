import { app } from '@azure/functions';
import { consentChangeView, conversationView, erasedView } from '../shared/conversations/conversationView.ts';
import { entryView } from '../shared/conversations/entryView.ts';
import { eraseConversation } from '../shared/conversations/eraseConversation.ts';
import { exportConversation } from '../shared/conversations/exportConversation.ts';
import { findConversations } from '../shared/conversations/findConversations.ts';
import { listConversations } from '../shared/conversations/listConversations.ts';
import { currentOf } from '../shared/conversations/pageVersion.ts';
import { readConversation } from '../shared/conversations/readConversation.ts';
import { serviceNumberOf } from '../shared/conversations/serviceNumber.ts';
import { withTrueFlags } from '../shared/conversations/trueFlags.ts';
import { updateConversation } from '../shared/conversations/updateConversation.ts';
import { etagOf, unlessKnown, versionsIn } from '../shared/http/conditional.ts';
import { conversationRoutes as routes } from '../shared/http/conversations.ts';
import { answer } from '../shared/http/route.ts';
import { onRequest } from '../shared/runtime/onRequest.ts';
import { tellOfConsent } from '../shared/runtime/tell.ts';

/** A service number's inbox. */
app.http(
  routes.list.name,
  onRequest(routes.list, async ({ query, headers }, services) => {
    const serviceNumbers = [...services.settings.serviceNumbers.keys()];
    const service = serviceNumberOf(query.service ?? serviceNumbers[0], serviceNumbers);
    const asked = { ...query, service, size: query.limit };
    const current = await currentOf(versionsIn(headers['if-none-match']), asked, services);
    if (current !== undefined) return answer(304, undefined, { ETag: etagOf(current) });
    const { items, cursor, version } = await listConversations(asked, services);
    const now = services.clock.now();
    const shown = items.map(({ id, head }) => conversationView(id, head, now));
    return answer(200, { service, serviceNumbers, items: shown, cursor }, { ETag: etagOf(version) });
  }),
);

/** Those with one number. */
app.http(
  routes.search.name,
  onRequest(routes.search, async ({ body: { subscriber, service } }, services) => {
    const serviceNumbers = [...services.settings.serviceNumbers.keys()];
    const asked = service === undefined ? serviceNumbers : [serviceNumberOf(service, serviceNumbers)];
    const found = await findConversations(subscriber, asked, services);
    const now = services.clock.now();
    return answer(200, { items: found.map(({ id, head }) => conversationView(id, head, now)) });
  }),
);

/** A conversation and the history of its consent. */
app.http(
  routes.get.name,
  onRequest(routes.get, async ({ params: { id }, headers }, services) => {
    const { store, timeline, clock } = services;
    const [head, history] = await Promise.all([readConversation(id, store), timeline.consentHistory(id)]);
    const view = conversationView(id, await withTrueFlags(id, head, services), clock.now());
    return unlessKnown({ ...view, consentHistory: history.map(consentChangeView) }, headers['if-none-match']);
  }),
);

/** What stands on its timeline. */
app.http(
  routes.entries.name,
  onRequest(routes.entries, async ({ params: { id }, query: { limit, cursor }, headers }, { store, timeline }) => {
    const [page] = await Promise.all([timeline.entries(id, limit, cursor), readConversation(id, store)]);
    return unlessKnown({ items: page.items.map(entryView), cursor: page.cursor }, headers['if-none-match']);
  }),
);

/** What an agent decides about it. */
app.http(
  routes.update.name,
  onRequest(routes.update, async ({ params: { id }, body: update, caller }, services) => {
    const head = await updateConversation({ conversation: id, agent: caller.subject, update }, services);
    if (update.consent !== undefined) await tellOfConsent(id, services);
    return answer(200, conversationView(id, head, services.clock.now()));
  }),
);

/** All that is kept of it, for a person who asks what that is. */
app.http(
  routes.export.name,
  onRequest(routes.export, async ({ params: { id } }, services) => {
    const { head, history, entries } = await exportConversation(id, services);
    const conversation = conversationView(id, head, services.clock.now());
    const consentHistory = history.map(consentChangeView);
    return answer(200, { conversation: { ...conversation, consentHistory }, entries: entries.map(entryView) });
  }),
);

/** Erase it for good. */
app.http(
  routes.erase.name,
  onRequest(routes.erase, async ({ params: { id }, caller }, services) => {
    const erasedAt = await eraseConversation(id, `agent:${caller.subject}`, services);
    return answer(200, erasedView(erasedAt));
  }),
);
