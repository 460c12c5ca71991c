/** A call of `app`, such as `app.hook.appStart(handler)`: path `['hook', 'appStart']`. */
export interface Call {
  readonly path: readonly string[];
  readonly args: readonly unknown[];
}

/** What stands in a call that is written down where a function stood. */
export const functionMark = '\u0000function';

/** A hook that changes its line in passing would come too late when its file has yet to be evaluated. */
const notWaitedFor = 'app.hook.log';

/** What one trigger file says to `app`. */
export interface Recorded {
  readonly calls: readonly Call[];
  /** From now on a call is a fault: nobody would carry it out. */
  close(): void;
}

/**
 * Stands in for `app` of `@azure/functions` in a trigger file: whatever is called on it is written down and not carried out.
 * It returns nothing, so a hook that is registered stays.
 */
export function recorder(): { readonly app: unknown; readonly recorded: Recorded } {
  const calls: Call[] = [];
  let closed = false;
  const at = (path: readonly string[]): unknown =>
    new Proxy(() => {}, {
      get: (_, name) => at([...path, String(name)]),
      apply: (_, _self, args) => {
        const name = `app.${path.join('.')}`;
        if (closed) throw new Error(`${name} is called too late: call it while the module is loaded.`);
        if (name === notWaitedFor)
          throw new Error(`${name} cannot be used: its hooks are not waited for while they load.`);
        calls.push({ path, args });
      },
    });
  const close = () => {
    closed = true;
  };
  return { app: at([]), recorded: { calls, close } };
}
