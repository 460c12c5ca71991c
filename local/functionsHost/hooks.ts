/** https://learn.microsoft.com/azure/azure-functions/functions-reference-node, "Hooks". */
const hookNames = ['appStart', 'appTerminate', 'preInvocation', 'postInvocation', 'log'] as const;
export type HookName = (typeof hookNames)[number];

type HookCallback = (context: object) => unknown;

/** Undoes a registration; the library hands it on to the app. */
export class Disposable {
  readonly #undo: () => void;

  constructor(undo: () => void) {
    this.#undo = undo;
  }

  dispose(): void {
    this.#undo();
  }
}

/** The app's hooks. Each kind runs in the order of registration, one after the other, on a context that it may change. */
export class Hooks {
  readonly #callbacks = new Map<string, Set<HookCallback>>(hookNames.map((name) => [name, new Set()]));

  /** Refuses an unknown name in the form by which the library tells a host that is too old for it. */
  register(name: string, callback: HookCallback): Disposable {
    const callbacks = this.#callbacks.get(name);
    if (callbacks === undefined) {
      const error = new RangeError(`Unrecognized hook "${name}"; there are ${hookNames.join(', ')}`);
      throw Object.assign(error, { isAzureFunctionsSystemError: true });
    }
    // A function of its own for each registration: the same callback may be registered twice.
    const registered: HookCallback = (context) => callback(context);
    callbacks.add(registered);
    return new Disposable(() => callbacks.delete(registered));
  }

  async run(name: HookName, context: object): Promise<void> {
    for (const callback of this.#of(name)) await callback(context);
  }

  /** For `log` hooks, which the real worker does not wait for. */
  runNow(name: HookName, context: object): void {
    for (const callback of this.#of(name)) callback(context);
  }

  #of(name: HookName): readonly HookCallback[] {
    return [...(this.#callbacks.get(name) ?? [])];
  }
}
