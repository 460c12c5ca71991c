import { maxTextLength } from '../core/textLimit.ts';
import { faultsInSteps } from './callFaults.ts';
import type { Fault } from './fault.ts';
import { type Extent, longestText } from './lengths.ts';
import { needsHours, placeholdersIn } from './template.ts';
import {
  asObject,
  asText,
  callTextsIn,
  listIn,
  promptsIn,
  rulesIn,
  type TextAt,
  textsIn,
  type Unsure,
} from './unsure.ts';

/** Names of answers that no rule gives; an entry on the timeline must tell them from rules. */
const takenNames = ['greeting', 'fallback', 'closed', 'help', 'stop-confirmation', 'start-confirmation'];

/**
 * Every fault that takes two places of the playbook to see. A part that cannot be read has a fault of its own already and
 * is passed over here, so that whoever writes a playbook learns of all faults at once.
 */
export function faultsAcross(file: unknown): readonly Fault[] {
  const { business, hours, sms: part, calls: other, templates } = asObject(file);
  const [sms, calls] = [asObject(part), asObject(other)];
  const texts = textsIn(sms);
  const callTexts = callTextsIn(calls);
  const said = [...texts, ...callTexts, ...promptsIn(calls)];
  const name = asText(asObject(business)['name']) ?? '';
  return [
    ...(hours === undefined ? faultsWithoutHours(said, sms, calls) : []),
    ...faultsInNames(rulesIn(sms)),
    ...repeatedNames(listIn(templates), ['templates']),
    ...faultsInHelp(texts, name),
    ...faultsInLength(texts, callTexts, extentOf(name, asObject(hours))),
    ...(other === undefined ? [] : faultsInSteps(calls)),
  ];
}

function faultsWithoutHours(texts: readonly TextAt[], sms: Unsure, calls: Unsure): readonly Fault[] {
  const missing = 'but the playbook has no hours; add hours, or leave this out';
  const speaking = texts.flatMap(({ path, text }) => {
    const placeholder = placeholdersIn(text).find(needsHours);
    return placeholder === undefined ? [] : [{ path, fault: `speaks of {{${placeholder}}}, ${missing}` }];
  });
  const closed =
    sms['closed'] === undefined ? [] : [{ path: ['sms', 'closed'], fault: `is for closed hours, ${missing}` }];
  const open = rulesIn(sms).flatMap((rule, n) =>
    rule['open'] === undefined ? [] : [{ path: ['sms', 'rules', n, 'open'], fault: `asks for hours, ${missing}` }],
  );
  const lines =
    calls['closed'] === undefined ? [] : [{ path: ['calls', 'closed'], fault: `is for closed hours, ${missing}` }];
  const steps = Object.entries(asObject(calls['steps'])).flatMap(([name, step]) =>
    asObject(step)['hours'] === undefined
      ? []
      : [{ path: ['calls', 'steps', name, 'hours'], fault: `asks for hours, ${missing}` }],
  );
  return [...speaking, ...closed, ...open, ...lines, ...steps];
}

function faultsInNames(rules: readonly Unsure[]): readonly Fault[] {
  const taken = rules.flatMap(({ name }, n) => {
    if (!takenNames.includes(asText(name) ?? '')) return [];
    const fault = `"${name}" is what another answer is called; choose another name`;
    return [{ path: ['sms', 'rules', n, 'name'], fault }];
  });
  return [...taken, ...repeatedNames(rules, ['sms', 'rules'])];
}

function repeatedNames(named: readonly Unsure[], path: readonly string[]): readonly Fault[] {
  const names = named.map(({ name }) => asText(name));
  return names.flatMap((name, n) => {
    const first = names.indexOf(name);
    if (name === undefined || first === n) return [];
    const fault = `"${name}" is what ${path.join('.')}[${first}] is called already; choose another name`;
    return [{ path: [...path, n, 'name'], fault }];
  });
}

/** Whoever asks for help must learn who is texting (CTIA, Messaging Principles and Best Practices, on HELP). */
function faultsInHelp(texts: readonly TextAt[], name: string): readonly Fault[] {
  const help = texts.find(({ path }) => path.at(-1) === 'help');
  if (help === undefined || placeholdersIn(help.text).includes('business')) return [];
  if (name !== '' && help.text.includes(name)) return [];
  return [{ path: help.path, fault: 'must name the business; write {{business}} somewhere in it' }];
}

/** Answers, unlike what stands for STOP, START and HELP, may follow the greeting. */
const neverGreeted = ['greeting', 'help', 'stopConfirmation', 'startConfirmation'];

function faultsInLength(texts: readonly TextAt[], callTexts: readonly TextAt[], extent: Extent): readonly Fault[] {
  const greeting = texts.find(({ path }) => path.at(-1) === 'greeting');
  const greetingLength = greeting === undefined ? 0 : longestText(greeting.text, extent) + '\n'.length;
  return [...texts, ...callTexts].flatMap(({ path, text }) => {
    const greeted = greetingLength > 0 && path[0] === 'sms' && !neverGreeted.includes(String(path.at(-1)));
    const length = longestText(text, extent) + (greeted ? greetingLength : 0);
    if (length <= maxTextLength) return [];
    const counted = greeted ? ', with the greeting before it and everything filled in' : ' with everything filled in';
    return [{ path, fault: `may become ${length} characters long${counted}; a text has at most ${maxTextLength}` }];
  });
}

function extentOf(name: string, hours: Unsure): Extent {
  const spans = (part: unknown) =>
    Object.values(asObject(part)).map((text) => (asText(text) ?? 'closed').replace('closed', '').split(',').length);
  const [spansOfWeek, spansOfDates] = [spans(hours['week']), spans(hours['dates'])];
  const closedWord = asText(hours['closedWord']) ?? '';
  return { name, closedWord, spansOfWeek, mostSpans: Math.max(0, ...spansOfWeek, ...spansOfDates) };
}
