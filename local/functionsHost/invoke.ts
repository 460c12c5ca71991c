import type { Core } from './core.ts';
import type { HostedFunction } from './hostedFunctions.ts';
import type {
  CoreContext,
  FunctionCallback,
  InvocationModel,
  InvocationRequest,
  InvocationResponse,
  RpcTypedData,
} from './rpc.ts';

/** What a trigger hands its function. */
export interface TriggerInput {
  readonly data: RpcTypedData;
  readonly metadata?: Readonly<Record<string, RpcTypedData>>;
}

export interface Invocation {
  readonly core: Core;
  readonly fn: HostedFunction;
  readonly input: TriggerInput;
  readonly invocationId: string;
}

/** Filled in as the invocation goes on. */
interface Progress {
  invocationContext?: unknown;
  over?: boolean;
}

/**
 * One invocation in the worker's order: arguments, preInvocation hooks, handler, postInvocation hooks, response. A hook may
 * replace the arguments, the handler, the result or the error. Throws what the handler threw, unless a hook took it away.
 */
export async function invoke(invocation: Invocation): Promise<InvocationResponse> {
  const { hooks, appHookData, model: library } = invocation.core;
  if (library === undefined) throw new Error('No programming model: the app was not loaded with @azure/functions.');
  const progress: Progress = {};
  const core = coreContextOf(invocation, progress);
  const model = await library.getInvocationModel(core);
  const { context, inputs } = await model.getArguments();
  progress.invocationContext = context;
  const known = { hookData: {}, appHookData, invocationContext: context };

  core.state = 'preInvocationHooks';
  const pre = { ...known, inputs, functionCallback: invocation.fn.callback };
  await hooks.run('preInvocation', pre);
  core.state = 'invocation';
  const post = { ...known, inputs: pre.inputs, ...(await outcomeOf(model, context, pre)) };
  core.state = 'postInvocationHooks';
  await hooks.run('postInvocation', post);
  core.state = undefined;
  progress.over = true;

  if (post.error !== undefined && post.error !== null) throw post.error;
  return model.getResponse(context, post.result);
}

async function outcomeOf(
  model: InvocationModel,
  context: unknown,
  { inputs, functionCallback }: { readonly inputs: unknown[]; readonly functionCallback: FunctionCallback },
): Promise<{ result: unknown; error: unknown }> {
  try {
    return { result: await model.invokeFunction(context, inputs, functionCallback), error: undefined };
  } catch (error) {
    return { result: undefined, error };
  }
}

function coreContextOf({ core, fn, input, invocationId }: Invocation, progress: Progress): CoreContext {
  return {
    invocationId,
    metadata: fn.metadata,
    request: requestOf(fn, input, invocationId),
    state: undefined,
    log: (level, category, message) => {
      // The library has warned of it; the host no longer knows whose line it would be and drops it.
      if (progress.over === true && category === 'user') return;
      core.log({ level, category, message, functionName: fn.name, invocationContext: progress.invocationContext });
    },
  };
}

function requestOf(fn: HostedFunction, { data, metadata }: TriggerInput, invocationId: string): InvocationRequest {
  return {
    invocationId,
    functionId: fn.name,
    inputData: [{ name: fn.trigger.name, data }],
    triggerMetadata: metadata,
  };
}
