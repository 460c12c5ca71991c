import type { World } from '../world.ts';

/** The app's HTTP API as one person uses it: the status of the answer, and its JSON. */
export type Api = (path: string, init?: RequestInit) => Promise<{ readonly status: number; readonly body: unknown }>;

/** Signs somebody in with the world's issuer. */
export async function apiAs({ oidc, functions }: World, person: string): Promise<Api> {
  if (functions === undefined) throw new Error('The functions do not run in this world.');
  const authorization = `Bearer ${await oidc.token({ person })}`;
  return async (path, init = {}) => {
    const headers = { authorization, 'content-type': 'application/json', ...init.headers };
    const response = await fetch(`${functions.url}/api${path}`, { ...init, headers });
    return { status: response.status, body: await response.json() };
  };
}
