import type { CallAutomationClientOptions, CallRecording } from '@azure/communication-call-automation';
import type { RecordingSource } from '../../calls/recordings.ts';
import { AppError } from '../../core/errors.ts';
import { lazily } from '../../core/lazily.ts';
import { callClient } from './callClient.ts';
import { type AcsConnection, speaksPlainHttp } from './connection.ts';

/** Milliseconds for one recording to come over; an event may take 30 s. */
const deadline = 20_000;

/** Recordings where ACS keeps them for a day. The SDK is evaluated at first use. */
export function acsRecordings(connection: AcsConnection): RecordingSource {
  const recordings = lazily(() => connect(connection));
  return {
    async fetch(contentLocation) {
      try {
        const stream = await (await recordings()).downloadStreaming(contentLocation, {
          abortSignal: AbortSignal.timeout(deadline),
        });
        const parts: Uint8Array[] = [];
        for await (const part of stream) parts.push(typeof part === 'string' ? Buffer.from(part) : part);
        return Buffer.concat(parts);
      } catch (error) {
        if (isGone(error)) return undefined;
        throw new AppError('unavailable', 'The provider did not hand over a recording.', { cause: error });
      }
    },
    async remove(deleteLocation) {
      try {
        await (await recordings()).delete(deleteLocation, { abortSignal: AbortSignal.timeout(deadline) });
        return true;
      } catch (error) {
        if (isGone(error)) return false;
        throw new AppError('unavailable', 'The provider did not remove a recording.', { cause: error });
      }
    },
  };
}

const connect = async (connection: AcsConnection): Promise<CallRecording> =>
  (await callClient(connection, await optionsFor(connection))).getCallRecording();

/** The SDK fetches recordings from hosts of Microsoft's alone; those of an ACS on this machine itself are asked of that. */
async function optionsFor(connection: AcsConnection): Promise<CallAutomationClientOptions> {
  if (!('connectionString' in connection) || !speaksPlainHttp(connection)) return {};
  const { createDefaultHttpClient } = await import('@azure/core-rest-pipeline');
  const inner = createDefaultHttpClient();
  const endpoint = /endpoint=(.*?)\/?;/i.exec(connection.connectionString)?.[1] ?? '';
  return {
    httpClient: {
      sendRequest(request) {
        const { hostname, pathname, search } = new URL(request.url);
        if (hostname.endsWith('.asm.skype.com')) {
          request.url = `${endpoint}${pathname}${search}`;
          request.allowInsecureConnection = true;
        }
        return inner.sendRequest(request);
      },
    },
  };
}

/** The SDK throws what the service answered, which is no Error. */
const isGone = (error: unknown): boolean => {
  const { status, statusCode } = (error ?? {}) as { readonly status?: unknown; readonly statusCode?: unknown };
  return [status, statusCode].some((code) => code === 404 || code === 410);
};
