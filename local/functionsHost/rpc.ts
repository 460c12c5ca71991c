/**
 * What passes between a Functions host and `@azure/functions`, as far as this host uses it
 * (https://github.com/Azure/azure-functions-language-worker-protobuf, `FunctionRpc.proto`).
 */

/** A value on its way in or out: exactly one of these. */
export interface RpcTypedData {
  readonly string?: string;
  readonly json?: string;
  readonly bytes?: Uint8Array;
  readonly int?: number;
  readonly double?: number;
  readonly http?: RpcHttpRequest | RpcHttpResponse;
}

interface RpcNullable<T> {
  readonly value?: T;
}

export interface RpcHttpRequest {
  readonly url: string;
  readonly method: string;
  readonly nullableHeaders: Readonly<Record<string, RpcNullable<string>>>;
  readonly nullableQuery: Readonly<Record<string, RpcNullable<string>>>;
  readonly nullableParams: Readonly<Record<string, RpcNullable<string>>>;
  readonly body?: { readonly bytes: Uint8Array };
}

export interface RpcHttpResponse {
  readonly statusCode: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly RpcCookie[];
  readonly body?: RpcTypedData | null;
}

export interface RpcCookie {
  readonly name: string;
  readonly value: string;
  readonly domain?: RpcNullable<string>;
  readonly path?: RpcNullable<string>;
  readonly expires?: RpcNullable<{ readonly seconds: number }>;
  readonly secure?: RpcNullable<boolean>;
  readonly httpOnly?: RpcNullable<boolean>;
  readonly maxAge?: RpcNullable<number>;
  /** `none` says that nothing is said about it. */
  readonly sameSite: 'none' | 'lax' | 'strict' | 'explicitNone';
}

export type Binding = Readonly<Record<string, unknown>> & {
  readonly type: string;
  readonly direction: 'in' | 'out';
};

export interface FunctionMetadata {
  readonly name: string;
  /** By name; `$return` is what the handler returns. */
  readonly bindings: Readonly<Record<string, Binding>>;
}

export type FunctionCallback = (...args: unknown[]) => unknown;

export type RpcLogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none';

interface NamedData {
  readonly name: string;
  readonly data: RpcTypedData;
}

export interface InvocationRequest {
  readonly invocationId: string;
  readonly functionId: string;
  readonly inputData: readonly NamedData[];
  readonly triggerMetadata?: Readonly<Record<string, RpcTypedData>> | undefined;
}

export interface InvocationResponse {
  readonly outputData?: readonly NamedData[];
  readonly returnValue?: RpcTypedData | null;
}

/** What the library learns of one invocation; it reads `state` to tell a late log call. */
export interface CoreContext {
  readonly invocationId: string;
  readonly request: InvocationRequest;
  readonly metadata: FunctionMetadata;
  state: 'preInvocationHooks' | 'invocation' | 'postInvocationHooks' | undefined;
  log(level: RpcLogLevel, category: string, message: string): void;
}

/** The library's half of an invocation. */
export interface InvocationModel {
  getArguments(): Promise<{ readonly context: unknown; readonly inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<InvocationResponse>;
}

export interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getInvocationModel(context: CoreContext): InvocationModel | Promise<InvocationModel>;
  getCapabilities(capabilities: Record<string, string>): Promise<Record<string, string>>;
}

/** A value of ours in the form that the host's extensions give such values. */
export function typed(value: unknown): RpcTypedData {
  if (typeof value === 'string') return { string: value };
  if (Number.isSafeInteger(value)) return { int: value as number };
  return { json: JSON.stringify(value ?? null) };
}
