import type { SettingName } from './settings.ts';

const orders: readonly (readonly [SettingName, SettingName])[] = [
  ['SEND_DEADLINE_SECONDS', 'SEND_MARGIN_SECONDS'],
  ['SEND_MARGIN_SECONDS', 'SEND_LEASE_SECONDS'],
  ['SEND_LEASE_SECONDS', 'EPOCH_WINDOW_SECONDS'],
  ['COMMIT_WITHIN_SECONDS', 'WATCHDOG_SECONDS'],
  ['SEGMENT_TRANCHE', 'SEGMENTS_PER_DAY'],
];

/** Milliseconds for which ACS remembers a repeatability id (https://learn.microsoft.com/rest/api/communication/repeatable-requests). */
const remembered = 300_000;

/** Of what could be read; what could not is a fault already. */
export const contradictions = (values: Readonly<Record<string, unknown>>): string[] => [
  ...orders
    .filter(([less, more]) => Number(values[less]) >= Number(values[more]))
    .map(([less, more]) => `${less} must be less than ${more}.`),
  ...(Number(values['EPOCH_WINDOW_SECONDS']) < remembered
    ? []
    : ['EPOCH_WINDOW_SECONDS must be less than 300: the provider forgets ids then.']),
  ...iceFaults(values),
];

/** Milliseconds in a day. */
const longestTurnLifetime = 86_400_000;

/** One kind of relay, told whole. */
function iceFaults(values: Readonly<Record<string, unknown>>): readonly string[] {
  const has = (name: SettingName) => values[name] !== undefined && String(values[name]) !== '';
  const rules: readonly (readonly [broken: boolean, fault: string])[] = [
    [has('TURN_URLS') !== has('TURN_SECRET'), 'TURN_URLS and TURN_SECRET go together: set both, or neither.'],
    [
      has('CLOUDFLARE_TURN_KEY_ID') !== has('CLOUDFLARE_TURN_API_TOKEN'),
      'CLOUDFLARE_TURN_KEY_ID and CLOUDFLARE_TURN_API_TOKEN go together: set both, or neither.',
    ],
    [
      has('CLOUDFLARE_TURN_KEY_ID') && (has('TURN_URLS') || has('STUN_URLS')),
      'CLOUDFLARE_TURN_KEY_ID brings its own servers: leave out TURN_URLS and STUN_URLS, or it.',
    ],
    [Number(values['TURN_TTL_SECONDS']) > longestTurnLifetime, 'TURN_TTL_SECONDS must be at most 86400.'],
  ];
  return rules.flatMap(([broken, fault]) => (broken ? [fault] : []));
}
