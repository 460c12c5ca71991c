import type { Logger, LogLevel } from '../../shared/core/logger.ts';
import { Disposable, Hooks } from './hooks.ts';
import { misconfigured } from './misconfigured.ts';
import type { FunctionCallback, FunctionMetadata, ProgrammingModel, RpcLogLevel } from './rpc.ts';

export interface Registration {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

/** `invocationContext` is there for log hooks. */
export interface AppLogLine {
  readonly level: RpcLogLevel;
  readonly category: string;
  readonly message: string;
  readonly functionName?: string;
  readonly invocationContext?: unknown;
}

const levels: Readonly<Record<RpcLogLevel, LogLevel | undefined>> = {
  trace: 'debug',
  debug: 'debug',
  information: 'info',
  warning: 'warn',
  error: 'error',
  critical: 'error',
  none: undefined,
};

/** The worker's half that the app registers with. One for each loaded app, so that several apps can live in one process. */
export class Core {
  readonly registrations = new Map<string, Registration>();
  readonly hooks = new Hooks();
  /** Shared by all hooks of the app. */
  readonly appHookData: Record<string, unknown> = {};
  readonly #log: Logger;
  #model: ProgrammingModel | undefined;
  #locked = false;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** What `require('@azure/functions-core')` gives; detached from this, as the library calls it so. */
  get api(): object {
    return {
      version: 'local',
      hostVersion: '4.0.0-local',
      Disposable,
      registerFunction: this.#register.bind(this),
      registerHook: this.hooks.register.bind(this.hooks),
      setProgrammingModel: (model: ProgrammingModel) => {
        this.#model = model;
      },
      getProgrammingModel: () => this.#model,
      log: (level: RpcLogLevel, category: string, message: string) => this.log({ level, category, message }),
    };
  }

  get model(): ProgrammingModel | undefined {
    return this.#model;
  }

  /** Whatever registers later is a fault of the app: the real host would never see it. */
  lock(): void {
    this.#locked = true;
  }

  /** Tells the log what the app or the library says, after the app's own log hooks had their say. */
  log(line: AppLogLine): void {
    const context = { ...line, hookData: {}, appHookData: this.appHookData };
    this.hooks.runNow('log', context);
    const level = levels[context.level];
    if (level === undefined) return;
    this.#log(level, 'function.log', {
      function: line.functionName,
      category: line.category,
      message: context.message,
    });
  }

  #register(metadata: FunctionMetadata, callback: FunctionCallback): Disposable {
    const { name } = metadata;
    if (this.#locked)
      throw misconfigured(`The function "${name}" registers too late. Call app.* while the module is loaded.`);
    if (this.registrations.has(name)) {
      throw misconfigured(`Two functions are named "${name}", and Azure then loads none at all. Rename one of them.`);
    }
    this.registrations.set(name, { metadata, callback });
    return new Disposable(() => this.registrations.delete(name));
  }
}
