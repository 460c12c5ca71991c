import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { Calls } from '../../acs/calls/openCalls.ts';
import { toneNames } from '../../acs/calls/operations/tones.ts';
import { handsetBehaviours } from '../../callDials.ts';
import { parse, readJson } from '../adminInput.ts';
import { callReport } from './callReport.ts';
import { dial, findCall, hangUp, pickUp, press, readSomebody, say } from './phone.ts';

/** The routes of `/admin` about calls, as the page at `/` lists them. */
export const callRoutes = [
  ['POST', '/admin/calls', 'a subscriber calls us: {"from":"+14255550123","to":"+18005550100"}; a user as "8:acs:…_…"'],
  ['GET', '/admin/calls', 'every call, newest last; ?latest=10: so many'],
  ['GET', '/admin/calls/{id}', 'its state, who is on it, what was said so far, what the app was told'],
  ['POST', '/admin/calls/{id}/tones', 'press keys: {"tones":["one","pound"]}; "from" says who, if several are on it'],
  ['POST', '/admin/calls/{id}/speech', 'say something: {"text":"a table for two"}; "from" as above'],
  ['POST', '/admin/calls/{id}/answer', 'pick up the handset that rings: {}; "who" says which, if several ring'],
  ['POST', '/admin/calls/{id}/decline', 'or do not'],
  ['POST', '/admin/calls/{id}/busy', 'or be busy'],
  ['DELETE', '/admin/calls/{id}', 'hang up; ?who= says who, if several are on it'],
  ['GET', '/admin/handsets', 'what handsets were told to do'],
  ['PUT', '/admin/handsets/{number}', 'tell one: {"does":"answer"}, "busy", "decline" or "ring"'],
  ['POST', '/admin/callback-keys', 'callbacks are signed with a new key: {}; {"forget":true} takes the old ones away'],
] as const;

const dialled = z.strictObject({ from: z.string(), to: z.string() });
const callsQuery = z.strictObject({
  latest: z.optional(z.string().check(z.regex(/^[1-9]\d{0,4}$/, 'must be how many, from 1 on'))),
});
const keys = z.strictObject({
  tones: z.array(z.enum(toneNames)).check(z.minLength(1)),
  from: z.optional(z.string()),
});
const speech = z.strictObject({ text: z.string().check(z.minLength(1)), from: z.optional(z.string()) });
const handset = z.strictObject({ who: z.optional(z.string()) });
const behaviour = z.strictObject({ does: z.enum(handsetBehaviours) });
const rotation = z.strictObject({ forget: z._default(z.boolean(), false) });

const ends = { answer: 'answered', decline: 'declined', busy: 'busy' } as const;

/** The handsets of the carrier, by hand. */
export function callsAdmin({ desk, keys: callbackKeys }: Calls): Hono {
  const app = new Hono();
  app.post('/calls', async (c) => {
    const { from, to } = parse(dialled, await readJson(c.req.raw));
    const call = dial(desk, from, to);
    return c.json({ id: call.id, serverCallId: call.serverCallId }, 202);
  });
  app.get('/calls', (c) => {
    const { latest } = parse(callsQuery, c.req.query());
    const calls = [...desk.calls.values()].slice(latest === undefined ? 0 : -Number(latest));
    return c.json({ calls: calls.map((call) => callReport(desk, call)) });
  });
  app.get('/calls/:id', (c) => c.json(callReport(desk, findCall(desk, c.req.param('id')))));
  app.post('/calls/:id/tones', async (c) => {
    const { tones, from } = parse(keys, await readJson(c.req.raw));
    press(desk, findCall(desk, c.req.param('id')), tones, from);
    return c.body(null, 202);
  });
  app.post('/calls/:id/speech', async (c) => {
    const { text, from } = parse(speech, await readJson(c.req.raw));
    say(findCall(desk, c.req.param('id')), text, from);
    return c.body(null, 202);
  });
  for (const [action, how] of Object.entries(ends)) {
    app.post(`/calls/:id/${action}`, async (c) => {
      const { who } = parse(handset, await readJson(c.req.raw));
      pickUp(findCall(desk, c.req.param('id')), how, who);
      return c.body(null, 202);
    });
  }
  app.delete('/calls/:id', (c) => {
    hangUp(desk, findCall(desk, c.req.param('id')), c.req.query('who'));
    return c.body(null, 204);
  });
  app.get('/handsets', (c) => c.json({ handsets: Object.fromEntries(desk.handsets) }));
  app.put('/handsets/:who', async (c) => {
    const { does } = parse(behaviour, await readJson(c.req.raw));
    desk.handsets.set(readSomebody(c.req.param('who')).rawId, does);
    return c.body(null, 204);
  });
  app.post('/callback-keys', async (c) => {
    const { forget } = parse(rotation, await readJson(c.req.raw));
    return c.json(await callbackKeys.rotate(forget), 201);
  });
  return app;
}
