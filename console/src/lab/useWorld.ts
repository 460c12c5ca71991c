import { useMemo, useState } from 'react';
import { useEvery } from '../app/useEvery.ts';
import type { LabApi } from './adminApi.ts';
import { worldReader } from './readWorld.ts';
import type { World } from './world.ts';

/** What was last read, why it could not be read if so, and a way to read it now. */
export interface WorldState {
  readonly world: World | undefined;
  readonly error: string | undefined;
  readonly again: () => void;
}

/** Milliseconds; a world on the same machine, of which only what is new is read. */
const every = 700;

export function useWorld(api: LabApi, calls: boolean): WorldState {
  const read = useMemo(() => worldReader(api), [api]);
  const [world, setWorld] = useState<World>();
  const [error, setError] = useState<string>();
  const look = async () => {
    try {
      setWorld(await read({ calls }));
      setError(undefined);
    } catch (failed) {
      setError(messageOf(failed));
      throw failed;
    }
  };
  useEvery(every, look, String(calls));
  return { world, error, again: () => void look().catch(() => {}) };
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
