import { callers } from './settings/callers.ts';
import { calls } from './settings/calls.ts';
import { identity } from './settings/identity.ts';
import { platform } from './settings/platform.ts';
import { protocol } from './settings/protocol.ts';
import { sms } from './settings/sms.ts';

/** Every setting there is. Their order is the order of `docs/settings.md`. */
export const settings = { ...platform, ...calls, ...callers, ...identity, ...sms, ...protocol } as const;

export type SettingName = keyof typeof settings;
