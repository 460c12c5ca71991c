import type * as z from 'zod/mini';

/** One setting of the app, as `docs/settings.md` and `local.settings.example.json` tell it. */
export interface Setting {
  readonly help: string;
  /** What it is when it is not set; a setting without one has to be set. */
  readonly fallback?: string;
  /** What `local.settings.example.json` says, where that is not the fallback. */
  readonly local?: string;
  readonly secret?: boolean;
  /** Left out, another stands in for it. */
  readonly either?: boolean;
  readonly schema: z.ZodMiniType<unknown, string>;
}

/** A setting whose value is of the type that its form gives. */
export const setting = <S extends z.ZodMiniType<unknown, string>>(schema: S, told: Omit<Setting, 'schema'>) => ({
  ...told,
  schema,
});

/** What a process is started with. */
export type Environment = Readonly<Record<string, string | undefined>>;
