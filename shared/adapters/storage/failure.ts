import { AppError } from '../../core/errors.ts';

/** What the storage SDKs throw, as far as it is looked at; they put the service's own word in one of four places. */
interface ServiceError {
  readonly statusCode?: number;
  readonly code?: string;
  readonly details?: { readonly odataError?: { readonly code?: string }; readonly errorCode?: string };
  readonly response?: { readonly headers: { get(name: string): string | undefined } };
}

/** The service's word for what it refused, such as `TableNotFound`; also the word of the network, such as `ECONNREFUSED`. */
export function serviceCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, details, response } = error as ServiceError;
  return code ?? details?.odataError?.code ?? details?.errorCode ?? response?.headers.get('x-ms-error-code');
}

/** `storage-failed` with what was being done and why it failed; an `AppError` goes on as it is. */
export function storageFailed(doing: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('storage-failed', `${doing} failed: ${reasonOf(error)}.`, { cause: error });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'AbortError') return 'the deadline passed';
  const { statusCode } = error as ServiceError;
  return [statusCode, serviceCode(error)].filter(Boolean).join(' ') || error.message;
}
