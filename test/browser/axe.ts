import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds serious or worse on a page, by its rule and the first place. */
export async function faultsOf(tab: Page): Promise<readonly string[]> {
  await tab.evaluate(axe.source);
  const found = await tab.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
