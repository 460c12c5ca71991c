/** Lets others wait until nothing moves any more. */
export interface Quiet {
  /** Something has changed that may have brought it about. */
  changed(): void;
  settled(forGood: boolean): Promise<void>;
}

export function createQuiet(isSettled: (forGood: boolean) => boolean): Quiet {
  let waiting: readonly { readonly forGood: boolean; readonly resolve: () => void }[] = [];
  const changed = () => {
    const done = waiting.filter(({ forGood }) => isSettled(forGood));
    if (done.length === 0) return;
    waiting = waiting.filter((waiter) => !done.includes(waiter));
    for (const { resolve } of done) resolve();
  };
  return {
    changed,
    settled(forGood) {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting = [...waiting, { forGood, resolve }];
      changed();
      return promise;
    },
  };
}
