import type { DequeuedMessageItem } from '@azure/storage-queue';
import { type RpcTypedData, typed } from './rpc.ts';

/** host.json's `messageEncoding`. */
export type MessageEncoding = 'none' | 'base64';

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export const encodeText = (text: string, encoding: MessageEncoding): string =>
  encoding === 'none' ? text : Buffer.from(text).toString('base64');

/** `undefined`: it should be base64 and is not. */
export function decodeText(text: string, encoding: MessageEncoding): string | undefined {
  if (encoding === 'none') return text;
  return base64.test(text) ? Buffer.from(text, 'base64').toString() : undefined;
}

/** An array, or a string that holds one, becomes one message an element; an object becomes indented JSON. */
export function textsOf({ string, json, bytes, int, double }: RpcTypedData): readonly string[] {
  if (bytes !== undefined) return [Buffer.from(bytes).toString()];
  const text = string ?? json ?? String(int ?? double);
  const value = parsed(text);
  if (Array.isArray(value)) return value.map(textOf);
  return [string ?? textOf(value)];
}

/** The top-level fields of a JSON message are merged into the metadata and, if they bear the same name, override it. */
export function metadataOf(message: DequeuedMessageItem, text: string): Readonly<Record<string, RpcTypedData>> {
  const own = {
    id: message.messageId,
    popReceipt: message.popReceipt,
    dequeueCount: message.dequeueCount,
    insertionTime: timeOf(message.insertedOn),
    expirationTime: timeOf(message.expiresOn),
    nextVisibleTime: timeOf(message.nextVisibleOn),
    queueTrigger: text,
  };
  const value = parsed(text);
  const fields = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  const overridden = new Set(Object.keys(fields).map((name) => name.toLowerCase()));
  const kept = Object.entries(own).filter(([name]) => !overridden.has(name.toLowerCase()));
  return Object.fromEntries([...kept, ...Object.entries(fields)].map(([name, field]) => [name, typed(field)]));
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value, undefined, 2));

/** As .NET writes a time with its zone. */
const timeOf = (date: Date): string => date.toISOString().replace(/\.\d{3}Z$/, '+00:00');

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
