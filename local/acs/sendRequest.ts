import * as z from 'zod/mini';
import { shape } from './rules.ts';

const recipient = z.object({
  to: z.string(),
  repeatabilityRequestId: z.optional(z.string()),
  repeatabilityFirstSent: z.optional(z.string()),
});

const options = z.object({ enableDeliveryReport: z._default(z.boolean(), false), tag: z.optional(z.string()) });

const sendRequest = z.object({
  from: z.string(),
  smsRecipients: z.array(recipient).check(z.minLength(shape.minRecipients), z.maxLength(shape.maxRecipients)),
  message: z.string().check(z.minLength(1), z.maxLength(shape.maxMessage)),
  smsSendOptions: z._default(options, { enableDeliveryReport: false }),
});

export type SendRequest = Readonly<z.output<typeof sendRequest>>;
export type Recipient = Readonly<z.output<typeof recipient>>;

/** Reads the body of `POST /sms`; fields of newer API versions are let through. A string says what is wrong with it. */
export function readSendRequest(body: Uint8Array): SendRequest | string {
  const parsed = sendRequest.safeParse(readJson(body), { error: z.locales.en().localeError });
  if (parsed.success) return parsed.data;
  return parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ');
}

/** `undefined` if the body is no JSON in UTF-8. */
function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
