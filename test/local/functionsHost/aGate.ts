/** Where handlers and the test that runs them meet: a handler awaits `globalThis[name]()` until the test opens. */
export function aGate(name: string) {
  const opened = Promise.withResolvers<void>();
  const arrivals: PromiseWithResolvers<void>[] = [];
  const arrival = (n: number) => {
    arrivals[n] ??= Promise.withResolvers<void>();
    return arrivals[n];
  };
  let here = 0;
  const pass = () => {
    here += 1;
    arrival(here).resolve();
    return opened.promise;
  };
  Object.assign(globalThis, { [name]: pass });
  return {
    /** Resolves when the nth handler has come, counted from 1. */
    reached: (n = 1) => arrival(n).promise,
    /** How many have come so far. */
    count: () => here,
    open: () => opened.resolve(),
  };
}
