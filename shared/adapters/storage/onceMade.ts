/**
 * Runs calls against something that may have to be made first: a table, a queue, a container. Only a call that finds it
 * missing makes it, and is then repeated, so that no request is spent while it exists. Calls that find it missing
 * together make it once.
 */
export function onceMade(isMissing: (error: unknown) => boolean, make: () => Promise<unknown>) {
  let making: Promise<unknown> | undefined;
  let times = 0;

  return async <T>(call: () => Promise<T>): Promise<T> => {
    const before = times;
    try {
      return await call();
    } catch (error) {
      if (!isMissing(error)) throw error;
      // An answer that was on its way while somebody made it says nothing of now.
      if (times === before)
        making ??= make()
          .then(() => {
            times += 1;
          })
          .finally(() => {
            making = undefined;
          });
      await making;
      return call();
    }
  };
}
