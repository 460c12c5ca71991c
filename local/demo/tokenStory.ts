import type { World } from '../world.ts';
import { apiAs } from './api.ts';
import { expectSame, type Step } from './story.ts';

interface Issued {
  readonly userId: string;
  readonly token: string;
  readonly scopes: readonly string[];
  readonly expiresOn: string;
}

/** Somebody without a role signs in and gets user tokens; the tokens themselves are not for a transcript. */
export async function tokenStory(world: World): Promise<readonly Step[]> {
  const guest = await apiAs(world, 'guest');
  const ask = async (): Promise<Issued> => {
    const { status, body } = await guest('/tokens', { method: 'POST', body: '{}' });
    expectSame('the answer to a request for a token', status, 200);
    return body as Issued;
  };
  return [{ title: 'Gil signs in and gets a token for his browser to call with', run: () => isIssued(ask) }];
}

async function isIssued(ask: () => Promise<Issued>): Promise<readonly string[]> {
  const { userId, scopes, expiresOn, token } = await ask();
  if (token === '') throw new Error('The token is empty.');
  const minutes = Math.round((Date.parse(expiresOn) - Date.now()) / 60_000);
  if (minutes < 1) throw new Error(`The token ended on ${expiresOn}.`);
  expectSame('his identity at the next token', (await ask()).userId, userId);
  return [`scopes: ${scopes.join(', ')}; good for ${minutes} minutes`, 'asked again: the same identity'];
}
