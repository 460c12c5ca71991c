import { outputsOf, type QueueBinding, type Trigger, triggerOf } from './bindings.ts';
import type { Registration } from './core.ts';
import type { HostSettings } from './hostJson.ts';
import type { Environment } from './loadApp.ts';
import { misconfigured } from './misconfigured.ts';

/** A registered function whose bindings this host can run. */
export interface HostedFunction<T extends Trigger = Trigger> extends Registration {
  readonly name: string;
  readonly trigger: T;
  readonly outputs: readonly QueueBinding[];
}

export interface AppToIndex {
  readonly registrations: ReadonlyMap<string, Registration>;
  readonly settings: HostSettings;
  readonly env: Environment;
}

/**
 * The app's functions in the order of their names, in which the real host matches their routes. What would put a function
 * in error there (where the rest starts without it) stops the start here, in words: `invalid-configuration`.
 */
export function hostedFunctions(app: AppToIndex): readonly HostedFunction[] {
  if (app.registrations.size === 0) {
    throw misconfigured(
      'The app registers no functions. Each file of functions/ must call app.* when it is loaded; then run `npm run build`.',
    );
  }
  const names = [...app.registrations.keys()].sort();
  return names.map((name) => {
    try {
      return hosted(name, app.registrations.get(name) as Registration, app);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw misconfigured(`Function "${name}": ${reason}`, cause);
    }
  });
}

export const withTrigger = <K extends Trigger['type']>(functions: readonly HostedFunction[], type: K) =>
  functions.filter((fn): fn is HostedFunction<Extract<Trigger, { type: K }>> => fn.trigger.type === type);

function hosted(name: string, registration: Registration, { settings, env }: AppToIndex): HostedFunction {
  const { metadata } = registration;
  const trigger = triggerOf(metadata, { routePrefix: settings.routePrefix, env });
  const outputs = outputsOf(metadata, env);
  const needsBundle = outputs.length > 0 || trigger.type === 'queue' || trigger.type === 'eventGrid';
  if (needsBundle && !settings.hasExtensionBundle) {
    throw misconfigured(
      'Its bindings come from an extension. Add "extensionBundle" with ' +
        '"id": "Microsoft.Azure.Functions.ExtensionBundle" and "version": "[4.*, 5.0.0)" to host.json.',
    );
  }
  return { ...registration, name, trigger, outputs };
}
