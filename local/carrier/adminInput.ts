import * as z from 'zod/mini';
import { AppError } from '../../shared/core/errors.ts';

/** What a caller of the control surface gave, as the schema reads it. Throws an `invalid-input` that names every fault. */
export function parse<T extends z.core.$ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = z.safeParse(schema, value, { error: z.locales.en().localeError });
  if (parsed.success) return parsed.data;
  const complaints = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'It'}: ${message}`);
  throw new AppError('invalid-input', `${complaints.join('. ')}.`);
}

/** Throws an `invalid-input` that shows the beginning of what is no JSON. */
export async function readJson(request: Request): Promise<unknown> {
  const text = await request.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('invalid-input', `The body must be JSON. It is: ${text.slice(0, 80) || '(nothing)'}`);
  }
}
