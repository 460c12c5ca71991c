import { expect, test } from 'vitest';
import { complaintAbout } from '../../scripts/requireNode24.mjs';
import { manifest } from './manifest.ts';

test('Node 24 is asked for in words, by anyone who runs another', () => {
  expect(complaintAbout('20.19.0')).toMatch(/run on Node 24, and this is Node 20\.19\.0.*npm ci/s);
  expect(complaintAbout('26.0.0')).toMatch(/this is Node 26/);
});

test('the Node that npm ci brings along will do', () => {
  expect(complaintAbout(manifest.devDependencies['node'] ?? 'none')).toBeUndefined();
});
