import { createServer } from 'node:http';
import { StoragePortTaken } from './azurite.ts';
import { listen, shut } from './listen.ts';
import { portSettings } from './settings.ts';

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0);
  await shut(server);
  return port;
}

/** Starts something that listens; a taken port becomes a sentence that names the setting which moves it. */
export async function onPort<T>(name: keyof typeof portSettings, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    const setting = error instanceof StoragePortTaken ? portSettings[error.service] : portSettings[name];
    if (error instanceof StoragePortTaken || (error as NodeJS.ErrnoException).code === 'EADDRINUSE')
      throw new Error(`${(error as Error).message} End that program, or set ${setting} to another port.`, {
        cause: error,
      });
    throw error;
  }
}
