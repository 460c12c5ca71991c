import type { Responder } from './responder.ts';

/**
 * Code that answers before the playbook, asked in this order. To add one, write it in a file of its own beside this one
 * and list it here; `docs/responders.md` shows how.
 */
export const responders: readonly Responder[] = [];
