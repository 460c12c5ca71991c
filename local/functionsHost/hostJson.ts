import { join } from 'node:path';
import * as z from 'zod/mini';
import { misconfigured } from './misconfigured.ts';
import { readJson } from './readJson.ts';

const timeSpanForm = /^(?:(\d+)\.)?(\d{1,2}):(\d{1,2}):(\d{1,2}(?:\.\d+)?)$/;

/** `hh:mm:ss`, with days in front and fractions behind where needed; read as milliseconds. */
const timeSpan = z.pipe(
  z.string().check(z.regex(timeSpanForm, 'is not a time span such as 00:00:30')),
  z.transform((text) => {
    const [days = 0, hours = 0, minutes = 0, seconds = 0] = (timeSpanForm.exec(text) ?? [])
      .slice(1)
      .map((n) => Number(n ?? 0));
    return Math.round((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
  }),
);
const never = z.pipe(
  z.literal('-1'),
  z.transform(() => undefined),
);

/** Defaults and limits: https://learn.microsoft.com/azure/azure-functions/functions-host-json and …/functions-bindings-storage-queue. */
const queues = z.object({
  maxPollingInterval: z.prefault(timeSpan, '00:01:00'),
  visibilityTimeout: z.prefault(timeSpan, '00:00:00'),
  batchSize: z._default(z.int().check(z.gte(1), z.lte(32)), 16),
  newBatchThreshold: z.optional(z.int().check(z.gte(0))),
  maxDequeueCount: z._default(z.int().check(z.gte(1)), 5),
  messageEncoding: z._default(z.enum(['base64', 'none']), 'base64'),
});

const schema = z.object({
  version: z.literal('2.0'),
  functionTimeout: z.prefault(z.union([never, timeSpan]), '00:30:00'),
  extensionBundle: z.optional(z.object({ id: z.string(), version: z.string() })),
  extensions: z.prefault(
    z.object({
      http: z.prefault(z.object({ routePrefix: z._default(z.string(), 'api') }), {}),
      queues: z.prefault(queues, {}),
    }),
    {},
  ),
});

export interface QueueSettings {
  /** Milliseconds, as are the other times. */
  readonly maxPollingInterval: number;
  readonly visibilityTimeout: number;
  readonly batchSize: number;
  readonly newBatchThreshold: number;
  readonly maxDequeueCount: number;
  readonly messageEncoding: 'base64' | 'none';
}

/** What host.json says, as far as this host heeds it, with the real host's defaults. */
export interface HostSettings {
  /** Without the bundle only HTTP and timer triggers exist. */
  readonly hasExtensionBundle: boolean;
  /** Milliseconds; `undefined` for no limit. */
  readonly functionTimeout: number | undefined;
  readonly routePrefix: string;
  readonly queues: QueueSettings;
}

/** Reads `host.json` of the app's folder; a fault is an `invalid-configuration` that names the path in the file. */
export function readHostJson(root: string): HostSettings {
  const parsed = schema.safeParse(readJson(join(root, 'host.json')), { error: z.locales.en().localeError });
  if (!parsed.success) throw misconfigured(`host.json: ${parsed.error.issues.map(complaint).join('. ')}`);
  const { extensionBundle, extensions, functionTimeout } = parsed.data;
  const { batchSize, newBatchThreshold = Math.floor(batchSize / 2), ...queueSettings } = extensions.queues;
  return {
    hasExtensionBundle: extensionBundle !== undefined,
    functionTimeout,
    routePrefix: extensions.http.routePrefix.replace(/^\/+|\/+$/g, ''),
    queues: { ...queueSettings, batchSize, newBatchThreshold },
  };
}

const complaint = ({ path, message }: z.core.$ZodIssue): string => `${path.join('.') || 'the whole'}: ${message}`;
