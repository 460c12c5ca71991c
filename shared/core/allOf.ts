/** Waits for every effect, and only then throws the first failure: none is left running behind its caller's back. */
export async function allOf(...effects: readonly (Promise<unknown> | undefined)[]): Promise<void> {
  const settled = await Promise.allSettled(effects);
  const failed = settled.find((effect) => effect.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
