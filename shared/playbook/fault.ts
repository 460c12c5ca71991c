/** Where a fault of the playbook is, and what it is. */
export interface Fault {
  readonly path: readonly (string | number)[];
  readonly fault: string;
}
