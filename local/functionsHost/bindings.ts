import * as z from 'zod/mini';
import type { AppError } from '../../shared/core/errors.ts';
import type { Environment } from './loadApp.ts';
import { misconfigured } from './misconfigured.ts';
import { readSchedule, type Schedule } from './ncrontab.ts';
import { compileRoute, type Route } from './routes.ts';
import type { Binding, FunctionMetadata } from './rpc.ts';

export type AuthLevel = 'anonymous' | 'function' | 'admin';

interface Named {
  /** The binding's name, by which the library finds its value. */
  readonly name: string;
}

export interface HttpTrigger extends Named {
  readonly type: 'http';
  readonly route: Route;
  readonly methods: readonly string[];
  readonly authLevel: AuthLevel;
}

export interface EventGridTrigger extends Named {
  readonly type: 'eventGrid';
  /** The whole batch in one invocation; otherwise each event has its own. */
  readonly many: boolean;
}

/** A queue, and the setting that holds its connection string. */
export interface QueueBinding extends Named {
  readonly queueName: string;
  readonly connection: string;
}

export interface QueueTrigger extends QueueBinding {
  readonly type: 'queue';
}

export interface TimerTrigger extends Named {
  readonly type: 'timer';
  readonly schedule: Schedule;
  readonly runOnStartup: boolean;
}

export type Trigger = HttpTrigger | EventGridTrigger | QueueTrigger | TimerTrigger;

interface Surroundings {
  readonly routePrefix: string;
  readonly env: Environment;
}

interface ToRead extends Surroundings {
  readonly functionName: string;
  readonly name: string;
  readonly binding: Binding;
}

const http = z.object({
  route: z.optional(z.string()),
  methods: z._default(z.array(z.string()), ['GET', 'POST']),
  authLevel: z._default(z.enum(['anonymous', 'function', 'admin']), 'anonymous'),
});
const eventGrid = z.object({ cardinality: z.optional(z.string()) });
const queue = z.object({ queueName: z.string(), connection: z._default(z.string(), 'AzureWebJobsStorage') });
const timer = z.object({ schedule: z.string(), runOnStartup: z._default(z.boolean(), false) });

const readers: Readonly<Record<string, (toRead: ToRead) => Trigger>> = {
  httptrigger: ({ functionName, name, binding, routePrefix }) => {
    const { route, methods, authLevel } = read(http, binding);
    return {
      type: 'http',
      name,
      route: compileRoute(route || functionName, routePrefix),
      methods: methods.map((method) => method.toUpperCase()),
      authLevel,
    };
  },
  eventgridtrigger: ({ name, binding }) => {
    return { type: 'eventGrid', name, many: read(eventGrid, binding).cardinality?.toLowerCase() === 'many' };
  },
  queuetrigger: ({ name, binding, env }) => ({ type: 'queue', ...queueBinding(name, binding, env) }),
  timertrigger: ({ name, binding, env }) => {
    const { schedule, runOnStartup } = read(timer, binding);
    return { type: 'timer', name, schedule: readSchedule(withSettings(schedule, env)), runOnStartup };
  },
};

/** What starts the function. Throws `invalid-configuration` with the binding's name for a kind that this host does not know. */
export function triggerOf({ name: functionName, bindings }: FunctionMetadata, around: Surroundings): Trigger {
  const inputs = Object.entries(bindings).filter(([, { direction }]) => direction === 'in');
  const other = inputs.find(([, { type }]) => !/trigger$/i.test(type));
  if (other !== undefined) throw unknown('input', other);
  const [trigger] = inputs;
  if (trigger === undefined) throw misconfigured('It has no trigger.');
  const [name, binding] = trigger;
  const reader = readers[binding.type.toLowerCase()];
  if (reader === undefined) throw unknown('trigger', trigger);
  return reader({ functionName, name, binding, ...around });
}

/** The queues that the function writes to by its return value or its extra outputs; `$return` is the name of the former. */
export function outputsOf({ bindings }: FunctionMetadata, env: Environment): readonly QueueBinding[] {
  const outputs = Object.entries(bindings).filter(([, { direction, type }]) => direction === 'out' && type !== 'http');
  const other = outputs.find(([, { type }]) => type !== 'queue');
  if (other !== undefined) throw unknown('output', other);
  return outputs.map(([name, binding]) => queueBinding(name, binding, env));
}

function read<T>(schema: z.ZodMiniType<T>, binding: Binding): T {
  const parsed = schema.safeParse(binding, { error: z.locales.en().localeError });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw misconfigured(`Its ${binding.type} has a fault: ${faults.join('. ')}.`);
}

function queueBinding(name: string, binding: Binding, env: Environment): QueueBinding {
  const { queueName, connection } = read(queue, binding);
  return { name, queueName: withSettings(queueName, env), connection };
}

/** `%NAME%` stands for a setting, as in Azure. */
function withSettings(text: string, env: Environment): string {
  return text.replaceAll(/%(\w+)%/g, (_, setting: string) => {
    const value = env[setting];
    if (value === undefined) throw misconfigured(`It refers to the setting ${setting}, which is missing.`);
    return value;
  });
}

function unknown(kind: 'trigger' | 'input' | 'output', [name, { type }]: readonly [string, Binding]): AppError {
  return misconfigured(
    `Its ${kind} binding "${name}" is of type ${type}, which this local host does not run: it knows HTTP, Event Grid, ` +
      'queue and timer triggers and queue outputs. Reach the rest by its SDK.',
  );
}
