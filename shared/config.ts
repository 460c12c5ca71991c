import * as z from 'zod/mini';
import { connectionFaults } from './config/connectionFaults.ts';
import { contradictions } from './config/contradictions.ts';
import { misspelt } from './config/misspelt.ts';
import type { Environment, Setting } from './config/setting.ts';
import { type SettingName, settings } from './config/settings.ts';
import { AppError } from './core/errors.ts';

/** Every setting, read and checked; times are milliseconds. */
export type Config = { readonly [Name in SettingName]: z.output<(typeof settings)[Name]['schema']> };

/** Reads the environment once and whole. Throws `invalid-configuration` that names every fault, one a line. */
export function readConfig(environment: Environment = process.env): Config {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, { schema, fallback }] of Object.entries<Setting>(settings)) {
    const read = z.safeParse(schema, environment[name] || fallback);
    if (read.success) values[name] = read.data;
    else faults.push(faultOf(name, environment[name], read.error.issues[0]?.message));
  }
  const config = values as Config;
  faults.push(...misspelt(environment), ...connectionFaults(environment), ...contradictions(values));
  if (faults.length > 0)
    throw new AppError('invalid-configuration', ['The settings have faults:', ...faults].join('\n  '));
  return Object.freeze(config);
}

/** Whether the app runs in App Service with authentication on; the variables are the platform's, and not ours to set. */
export const platformAuthenticates = (environment: Environment = process.env): boolean =>
  /^true$/i.test(environment['WEBSITE_AUTH_ENABLED'] ?? '') &&
  Boolean(environment['WEBSITE_SITE_NAME'] && environment['WEBSITE_HOSTNAME']);

/** The value itself is not told: it may be a secret. */
const faultOf = (name: string, value: string | undefined, fault = 'cannot be read'): string =>
  value ? `${name} ${fault}.` : `${name} is missing. ${settings[name as SettingName].help}`;
