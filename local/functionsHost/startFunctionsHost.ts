import { resolve } from 'node:path';
import { AppError } from '../../shared/core/errors.ts';
import type { Logger } from '../../shared/core/logger.ts';
import { directInput } from './adminEndpoint.ts';
import type { Trigger } from './bindings.ts';
import { withCors } from './cors.ts';
import type { HostedFunction } from './hostedFunctions.ts';
import { readHostJson } from './hostJson.ts';
import type { HostKeys } from './hostKeys.ts';
import { serve } from './httpServer.ts';
import { Invocations } from './invocations.ts';
import type { Environment } from './loadApp.ts';
import { type StartedApp, startApp } from './startApp.ts';
import { StorageQueues } from './storageQueues.ts';
import { requestHandler, startTriggers, type TriggerOptions } from './triggers.ts';

export interface FunctionsHostOptions {
  /** The app's folder: package.json, whose `main` is the built bundle, and host.json. */
  readonly root: string;
  /** The app's whole environment; nothing of this process's own shows through. */
  readonly env: Environment;
  /** 0 for any free one. */
  readonly port: number;
  /** What to listen on, by default 127.0.0.1. */
  readonly hostname?: string | undefined;
  /** The setting AzureWebJobsStorage, where `env` has none. */
  readonly storageConnection?: string | undefined;
  readonly log: Logger;
  /** Without keys none is asked for. */
  readonly keys?: HostKeys | undefined;
  /** Origins whose pages may call the functions; by default none. */
  readonly cors?: readonly string[] | undefined;
  /** Divides the pauses between polls of a queue and its visibility timeout; 1 is real time. */
  readonly timeScale?: number | undefined;
}

export interface FunctionSummary {
  readonly name: string;
  readonly trigger: Trigger['type'];
  /** Of an HTTP function: the whole path, as a template, and the methods it takes. */
  readonly route?: string;
  readonly methods?: readonly string[];
}

export interface FunctionsHost {
  /** Without a slash at the end. */
  readonly url: string;
  readonly functions: readonly FunctionSummary[];
  /** Runs a function that is not called over HTTP; resolves when it has ended, and rejects as it failed. */
  invoke(name: string, input?: unknown): Promise<void>;
  /** Takes no more work, waits for what is running, and runs the app's appTerminate hooks. */
  close(): Promise<void>;
}

interface Running {
  readonly app: StartedApp;
  readonly invocations: Invocations;
  readonly triggers: TriggerOptions;
}

/**
 * Runs the built app as Azure Functions would. Rejects, in words that say what to change, when it cannot be loaded, when
 * the port is taken (`code` is EADDRINUSE), or when a queue cannot be opened.
 */
export async function startFunctionsHost(options: FunctionsHostOptions): Promise<FunctionsHost> {
  const running = await startRunning(options);
  const { app, invocations, triggers } = running;
  const stops: (() => unknown)[] = [];
  const close = closing(running, stops);
  try {
    await startTriggers(triggers, (stop) => stops.push(stop));
    const { port, hostname = '127.0.0.1', cors = [], log } = options;
    const server = await serve({ port, hostname, handle: withCors(cors, requestHandler(triggers)), log });
    stops.push(() => server.close(invocations.settled()));
    const invoke = (name: string, input: unknown) => invokeByHand(running, name, input);
    return { url: server.url, functions: app.functions.map(summaryOf), invoke, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startRunning(options: FunctionsHostOptions): Promise<Running> {
  const { storageConnection, keys, timeScale = 1, log } = options;
  const root = resolve(options.root);
  const env = { ...(storageConnection !== undefined && { AzureWebJobsStorage: storageConnection }), ...options.env };
  const settings = readHostJson(root);
  const app = await startApp({ root, env, settings, log });
  const { core, functions, readStack } = app;
  const queues = new StorageQueues(env, settings.queues.messageEncoding);
  const { functionTimeout: timeout } = settings;
  const invocations = new Invocations({ core, readStack, timeout, writeOutputs: queues.write, log });
  const triggers = { functions, settings, queues, keys, timeScale, run: invocations.run, log };
  return { app, invocations, triggers };
}

/** Closing twice is closing once. */
function closing({ app, invocations }: Running, stops: readonly (() => unknown)[]): () => Promise<void> {
  const close = async (): Promise<void> => {
    await Promise.all(stops.map((stop) => stop()));
    await invocations.settled();
    await app.terminate();
  };
  let closed: Promise<void> | undefined;
  return () => {
    closed ??= close();
    return closed;
  };
}

async function invokeByHand({ app, invocations }: Running, name: string, input: unknown): Promise<void> {
  const fn = app.functions.find((known) => known.name === name);
  if (fn === undefined) throw new AppError('not-found', `There is no function "${name}".`);
  await invocations.run(fn, directInput(fn, input));
}

function summaryOf({ name, trigger }: HostedFunction): FunctionSummary {
  if (trigger.type !== 'http') return { name, trigger: trigger.type };
  return { name, trigger: 'http', route: trigger.route.template, methods: trigger.methods };
}
