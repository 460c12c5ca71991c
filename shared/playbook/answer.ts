import { AppError } from '../core/errors.ts';
import { maxTextLength, saysSomething } from '../core/textLimit.ts';
import { isOpen } from './openingHours.ts';
import type { Playbook } from './playbook.ts';
import type { Answer, Asked, Responder } from './responder.ts';
import { read } from './rules.ts';
import { type Placeholder, render } from './template.ts';

/** What a text is filled in by: the number that was texted, and when (milliseconds since 1970). */
export type Occasion = Pick<Asked, 'service' | 'at'>;

/** How long a responder may take, in milliseconds: a reply still leaves well within the 30 s an event may take. */
export const responderDeadline = 5_000;

/**
 * Asks the responders in order, then the playbook. A responder that throws, takes longer than `responderDeadline` or says
 * what cannot be sent is passed over, and `failed` hears of it. The greeting precedes whatever answers a first contact.
 */
export async function answer(
  playbook: Playbook,
  responders: readonly Responder[],
  asked: Asked,
  failed: (error: Error) => void,
): Promise<Answer | undefined> {
  for (const responder of responders) {
    try {
      const found = await inTime(responder, asked);
      if (found !== undefined) return greeted(playbook, asked, sendable(found));
    } catch (cause) {
      failed(passedOver(responder, cause));
    }
  }
  return answerFrom(playbook, asked);
}

/** What the playbook answers by itself; `undefined` where it stays silent. */
export function answerFrom(playbook: Playbook, asked: Asked): Answer | undefined {
  const { rules, closed, fallback } = playbook.sms;
  const open = playbook.hours && isOpen(playbook.hours, asked.at);
  const looked = read(asked.text);
  const rule = rules.find((each) => (each.open === undefined || each.open === open) && each.fits(looked));
  if (rule !== undefined)
    return greeted(playbook, asked, { text: fillIn(playbook, rule.reply, asked), rule: rule.name });
  const [otherwise, name] = closed !== undefined && open === false ? [closed, 'closed'] : [fallback, 'fallback'];
  return greeted(
    playbook,
    asked,
    otherwise === undefined ? undefined : { text: fillIn(playbook, otherwise, asked), rule: name },
  );
}

export const helpText = (playbook: Playbook, occasion: Occasion): string =>
  fillIn(playbook, playbook.sms.help, occasion);

export const stopConfirmation = (playbook: Playbook, occasion: Occasion): string =>
  fillIn(playbook, playbook.sms.stopConfirmation, occasion);

export const startConfirmation = (playbook: Playbook, occasion: Occasion): string =>
  fillIn(playbook, playbook.sms.startConfirmation, occasion);

async function inTime(responder: Responder, asked: Asked): Promise<Answer | undefined> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const late = () => reject(new AppError('busy', `it took longer than ${responderDeadline / 1000} s`));
  const timer = setTimeout(late, responderDeadline);
  try {
    return await Promise.race([responder(asked), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

function sendable(answer: Answer): Answer {
  const { length } = answer.text;
  if (length > maxTextLength) throw new AppError('invalid-input', `its answer has ${length} characters, too many`);
  if (!saysSomething(answer.text)) throw new AppError('invalid-input', 'its answer is empty');
  return answer;
}

/** Of a foreign error only the name is told: its message may hold what the subscriber wrote, and this goes into the log. */
function passedOver({ name }: Responder, cause: unknown): Error {
  const reason =
    cause instanceof AppError ? cause.message : `it threw ${cause instanceof Error ? cause.name : typeof cause}`;
  return new Error(`The responder ${name || 'without a name'} was passed over: ${reason}`, { cause });
}

/** One text: the greeting on a line of its own, then the answer. A greeting that leaves it no room is left out. */
function greeted(playbook: Playbook, asked: Asked, answer: Answer | undefined): Answer | undefined {
  const { greeting } = playbook.sms;
  if (!asked.firstContact || greeting === undefined) return answer;
  const hello = fillIn(playbook, greeting, asked);
  if (answer === undefined) return { text: hello, rule: 'greeting' };
  const text = `${hello}\n${answer.text}`;
  return text.length > maxTextLength ? answer : { ...answer, text };
}

/** Fills a text of the playbook in. */
export function fillIn({ business, words }: Playbook, template: string, { service, at }: Occasion): string {
  const values: Readonly<Record<Placeholder, () => string>> = {
    business: () => business,
    number: () => service,
    date: () => words().date(at),
    'hours.today': () => words().today(at),
    'hours.week': () => words().week,
    'hours.next': () => words().next(at),
    'hours.until': () => words().until(at),
  };
  return render(template, (placeholder) => values[placeholder]());
}
