import { expect, test } from 'vitest';
import { outOfStep } from '../../scripts/keepInStep.ts';
import { settingsPages } from '../../scripts/settingsDocs.ts';
import { settings } from '../../shared/config/settings.ts';
import { readConfig } from '../../shared/config.ts';

test('the settings page and the example are what the code makes of them', () => {
  expect(outOfStep(settingsPages)).toEqual([]);
});

test.each(Object.keys(settings))('the settings page tells of %s', (name) => {
  expect(settingsPages['docs/settings.md']).toContain(`| \`${name}\` |`);
});

test('the example, copied unchanged, is a configuration without faults', () => {
  const { Values: values } = JSON.parse(settingsPages['local.settings.example.json'] ?? '{}');
  expect(() => readConfig(values)).not.toThrow();
});
