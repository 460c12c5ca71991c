/**
 * Runs calls against something that may have to be made first: a table, a queue, a container. Only a call that finds it
 * missing makes it, and is then repeated, so that no request is spent while it exists. Calls that find it missing
 * together make it once.
 */
export function onceMade(isMissing: (error: unknown) => boolean, make: () => Promise<unknown>) {
  let making: Promise<unknown> | undefined;

  return async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      if (!isMissing(error)) throw error;
      making ??= make().finally(() => {
        making = undefined;
      });
      await making;
      return call();
    }
  };
}
