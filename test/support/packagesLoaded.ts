import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

const shared = resolve(import.meta.dirname, '../../shared');

const before = `
  import { registerHooks } from 'node:module';
  const loaded = new Set();
  registerHooks({
    load(url, context, next) {
      const [, name] = /.*node_modules\\/(@azure\\/[^/]+)\\//.exec(url) ?? [];
      if (name) loaded.add(name);
      return next(url, context);
    },
  });
  const load = (module) => import('${shared}/' + module);
  const said = {};
  const note = (when) => (said[when] = [...loaded]);
`;

/**
 * What packages of Azure Node's own loader has evaluated at each `note(when)` of a program, which runs in a process where
 * nothing else has loaded one; `load(path)` there gives a module of shared/.
 */
export function packagesLoaded<When extends string>(program: string): Readonly<Record<When, readonly string[]>> {
  const whole = `${before}${program}\nconsole.log(JSON.stringify(said));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '--eval', whole], { encoding: 'utf8' }));
}
