/** Run by the build, with the files of parts on the command line: prints the calls of each as JSON. */
import { createRequire } from 'node:module';
import { functionMark, type Recorded } from './recorder.ts';

const require = createRequire(import.meta.url);

console.log(
  JSON.stringify(
    process.argv.slice(2).map((file) => {
      const { recorded } = require(file) as { readonly recorded: Recorded };
      return recorded.calls;
    }),
    asData,
  ),
);

/** Only what JSON keeps can be written down; another value would be gone when the app runs. */
function asData(name: string, value: unknown): unknown {
  if (typeof value === 'function') return functionMark;
  const plain = value === null || Array.isArray(value) || Object.getPrototypeOf(value ?? 0) === Object.prototype;
  if (typeof value === 'object' ? plain : value === undefined || ['string', 'number', 'boolean'].includes(typeof value))
    return value;
  throw new Error(`What "${name}" is registered with cannot be written down: ${String(value)}.`);
}
