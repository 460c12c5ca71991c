import type { Logger } from '../../shared/core/logger.ts';
import { Core } from './core.ts';
import { type HostedFunction, hostedFunctions } from './hostedFunctions.ts';
import type { HostSettings } from './hostJson.ts';
import { type Environment, loadApp } from './loadApp.ts';
import { misconfigured } from './misconfigured.ts';
import type { ReadStack } from './stackTrace.ts';

export interface AppToStart {
  readonly root: string;
  readonly env: Environment;
  readonly settings: HostSettings;
  readonly log: Logger;
}

export interface StartedApp {
  readonly core: Core;
  readonly functions: readonly HostedFunction[];
  readonly readStack: ReadStack;
  /** Runs the app's appTerminate hooks. */
  terminate(): Promise<void>;
}

/** As the worker does: the file is loaded, appStart hooks run, and only then nothing more can be registered. */
export async function startApp({ root, env, settings, log }: AppToStart): Promise<StartedApp> {
  const core = new Core(log);
  const { readStack } = loadApp({ root, env, core });
  const context = { hookData: {}, appHookData: core.appHookData };
  await core.hooks.run('appStart', context).catch((cause: unknown) => {
    throw misconfigured(reasonOf(cause as Error), cause);
  });
  core.lock();
  const functions = hostedFunctions({ registrations: core.registrations, settings, env });
  await refuseStreaming(core);
  return { core, functions, readStack, terminate: () => core.hooks.run('appTerminate', context) };
}

/** An `invalid-configuration` says itself what to change. The app has a class of its own for it, hence by its code. */
const reasonOf = ({ message, code }: Error & { readonly code?: unknown }): string =>
  code === 'invalid-configuration' ? message : `An appStart hook fails: ${message}`;

/** Asking for the capabilities also closes `app.setup`, as in the worker. */
async function refuseStreaming({ model }: Core): Promise<void> {
  const capabilities = await model?.getCapabilities({});
  if (capabilities?.['HttpUri'] === undefined) return;
  throw misconfigured(
    'app.setup turns enableHttpStream on, which opens a server on all interfaces and answers nothing when a handler throws. Turn it off.',
  );
}
