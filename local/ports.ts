import { createServer } from 'node:http';
import { StoragePortTaken } from './azurite.ts';
import { listen, shut } from './listen.ts';
import { portSettings } from './settings.ts';

/**
 * Below those that systems give to whoever asks for any (Linux from 32768, others from 49152), so that between being found and
 * being bound no connection on its way out takes it.
 */
const lowest = 20_000;
const ports = 12_000;

/** Processes look from different places on, and each looks on from where it found one. */
let next = (process.pid * 97) % ports;

/** A port that is free now. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < ports; tries++) {
    const port = lowest + next;
    next = (next + 1) % ports;
    const server = createServer();
    try {
      await listen(server, port);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') continue;
      throw error;
    }
    await shut(server);
    return port;
  }
  throw new Error(`No port from ${lowest} to ${lowest + ports - 1} is free.`);
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
