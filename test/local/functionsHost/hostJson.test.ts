import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readHostJson } from '../../../local/functionsHost/hostJson.ts';
import { aFolder } from './aHost.ts';

const read = (hostJson: object | null) => readHostJson(aFolder({}, { hostJson }));
const readQueues = (queues: object) => read({ extensions: { queues } }).queues;

test('an empty host.json has the defaults of Azure', () => {
  expect(read({})).toEqual({
    hasExtensionBundle: false,
    functionTimeout: 1_800_000,
    routePrefix: 'api',
    queues: {
      batchSize: 16,
      newBatchThreshold: 8,
      maxPollingInterval: 60_000,
      visibilityTimeout: 0,
      maxDequeueCount: 5,
      messageEncoding: 'base64',
    },
  });
});

test('ours asks for seconds of latency, and for no prefix', () => {
  expect(readHostJson(resolve(import.meta.dirname, '../../..'))).toMatchObject({
    hasExtensionBundle: true,
    functionTimeout: 60_000,
    routePrefix: '',
    queues: { maxPollingInterval: 2_000, visibilityTimeout: 30_000, messageEncoding: 'none' },
  });
});

test.each([
  ['00:00:02', 2_000],
  ['00:00:00.25', 250],
  ['1.02:03:04', 93_784_000],
])('the time span %s is %i ms', (maxPollingInterval, milliseconds) => {
  expect(readQueues({ maxPollingInterval })).toMatchObject({ maxPollingInterval: milliseconds });
});

test('a timeout of -1 is none', () => {
  expect(read({ functionTimeout: '-1' }).functionTimeout).toBeUndefined();
});

test('half a batch may still be at work when the next is fetched', () => {
  expect(readQueues({ batchSize: 5 }).newBatchThreshold).toBe(2);
});

test.each<[fault: object | null, reason: RegExp]>([
  [null, /host\.json cannot be read/],
  [{ version: '1.0' }, /host\.json: version: /],
  [{ extensions: { queues: { batchSize: 33 } } }, /extensions\.queues\.batchSize: /],
  [{ extensions: { queues: { messageEncoding: 'utf8' } } }, /extensions\.queues\.messageEncoding: /],
  [{ extensions: { queues: { visibilityTimeout: '30' } } }, /visibilityTimeout: is not a time span such as 00:00:30/],
  [{ functionTimeout: 'soon' }, /functionTimeout: /],
])('%j is a fault that is named', (fault, reason) => {
  expect(() => read(fault)).toThrow(reason);
});
