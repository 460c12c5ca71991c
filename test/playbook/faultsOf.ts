import { expect } from 'vitest';
import { AppError } from '../../shared/core/errors.ts';
import { parsePlaybook } from '../../shared/playbook/playbook.ts';

/** What a person is told is wrong with a playbook: the lines of the message, without its first, which counts them. */
export function faultsOf(json: unknown): readonly string[] {
  try {
    parsePlaybook(json);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    const { code, message } = error as AppError;
    expect(code).toBe('invalid-configuration');
    const [first, ...lines] = message.split('\n');
    expect(first).toBe(`The playbook has ${lines.length === 1 ? 'a fault' : `${lines.length} faults`}:`);
    return lines;
  }
}
