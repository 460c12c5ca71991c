import functions, { type InvocationContext } from '@azure/functions';
import { expect } from 'vitest';
import { callRoutes } from '../../shared/http/calls.ts';
import { answer } from '../../shared/http/route.ts';
import type { AuthSettings } from '../../shared/runtime/caller.ts';
import { addressesOf } from '../../shared/runtime/callSettings.ts';
import { requestHandler } from '../../shared/runtime/requestHandler.ts';
import { takeCallback } from '../../shared/runtime/takeCallback.ts';
import { callWorld } from '../calls/callWorld.ts';
import { testSettings } from '../support/smsValues.ts';
import { audience, now, type TestIssuer } from './testIssuer.ts';

const key = testSettings.conversationKey;
/** The audience of callbacks' tokens. */
export const means = 'resource-1';

type Ref = ReturnType<typeof callWorld>['ref'];

/** The secret in the address that is made for a call. */
export const secretFor = (ref: Ref, conversationKey: string = key): string =>
  addressesOf({ CONVERSATION_KEY: conversationKey } as never)
    .callback(ref)
    .split('/')
    .at(-1)!;

/** The call is connected: the first prompt is due. */
const connected = [{ type: 'Microsoft.Communication.CallConnected', data: { callConnectionId: 'connection-1' } }];

interface Posted {
  readonly ref?: Ref;
  readonly secret?: string;
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** A call that was answered, of which nothing was told yet, and the route on which it is told. `provider`: whom that is believed; absent: nobody. */
export async function callbackStage(provider: TestIssuer | undefined, people: TestIssuer) {
  const world = callWorld();
  await world.answer();
  const time = { ms: now };
  const auth: AuthSettings = {
    issuers: [people.issuer],
    audience,
    rolesClaim: 'roles',
    roles: { agent: 'agent', admin: 'admin' },
  };
  const callbacks = provider && {
    issuer: provider.issuer,
    configuration: `${provider.issuer}/.well-known/openid-configuration`,
    audience: means,
  };
  const services = {
    ...world.services,
    clock: { now: () => time.ms },
    config: { CONVERSATION_KEY: key },
    auth,
    callbacks,
  };
  const handler = requestHandler(
    callRoutes.callback,
    async ({ params: { id: conversation, entry, secret }, body }, services) => {
      await takeCallback({ ref: { conversation, key: entry }, secret, body }, services);
      return answer(204, undefined);
    },
    () => services,
  );

  /** Posts what would move the call on; the answer's body is what a stranger gets to see. */
  async function post(
    headers: Readonly<Record<string, string>>,
    { ref = world.ref, secret = secretFor(ref) }: Posted = {},
  ) {
    const request = new functions.HttpRequest({
      method: 'POST',
      url: 'http://localhost/api/calls/callbacks',
      params: { id: ref.conversation, entry: ref.key, secret },
      headers: { 'content-type': 'application/json', ...headers },
      body: { string: JSON.stringify(connected) },
    });
    const { status, body } = await handler(request, { invocationId: '' } as InvocationContext);
    return { status, body };
  }

  /** Whatever could tell that the call was moved. */
  const standing = async () => [world.provider.log.length, world.sent.length, world.wakes.length, await world.entry()];

  /** The status; nothing came of it. */
  async function refused(headers: Readonly<Record<string, string>>, posted?: Posted) {
    const before = await standing();
    const { status } = await post(headers, posted);
    expect(await standing()).toEqual(before);
    return status;
  }
  return { ref: world.ref, commands: world.provider.log, time, post, refused };
}

export type CallbackStage = Awaited<ReturnType<typeof callbackStage>>;
