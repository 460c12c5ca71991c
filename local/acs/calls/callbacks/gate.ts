/** Holds back what a request brings about until its answer is on its way. */
export interface Gate {
  /** A request has come in; whoever calls the result says that it is answered. */
  enter(): () => void;
  /** Resolves when all requests that are inside now are answered. */
  passed(): Promise<void>;
}

export function answerGate(): Gate {
  const inside = new Set<Promise<void>>();
  return {
    enter() {
      const { promise, resolve } = Promise.withResolvers<void>();
      inside.add(promise);
      return () => {
        inside.delete(promise);
        resolve();
      };
    },
    async passed() {
      await Promise.all(inside);
    },
  };
}
