import { wordsOf } from '../playbook/words.ts';
import { readKeyword } from './keywords.ts';

const list = (words: string): readonly string[] => words.trim().split(/\s+/);
const oneOf = (words: string): string => `(?:${list(words).join('|')})`;

/** Said around a stop word without changing what it asks for. */
const courtesy = new Set(
  list(`please pls plz plse kindly just now ok okay hey hi hello thanks thank thx you ty it this already asap immediately
  me us i want to would like por favor gracias svp sil vous plait merci bitte danke per favore grazie`),
);

/** Stop words of other languages and of other messaging services, which are no keyword here. */
const otherStopWords = new Set(
  list(`arret arreter arretez desabonner desinscrire alto parar pare basta baja cancelar detener sair stopp aufhoren
  abmelden abbestellen stoppen afmelden annulla disiscrivimi avsluta avslutt lopeta стоп отписаться отписка 退订 停止 解除
  配信停止 수신거부 remove optout opt out td unsub`).flatMap(wordsOf),
);

const messaging = oneOf(
  'texting messaging msging contacting sending spamming bothering harassing annoying pestering sms',
);
const messages = oneOf(
  'text texts txt txts message messages msg msgs sms spam alert alerts notification notifications promo promos reminders',
);
const someWords = '(?:\\S+ ){0,3}';
const mine = oneOf('my our this the');
const contact = `${oneOf('text txt message msg contact sms spam')} ${oneOf('me us my this')}`;
const agreed = oneOf('signed sign subscribed subscribe opted opt agreed agree consented consent');

/**
 * How people ask to be left alone, in words as `wordsOf` gives them. Gaps are of at most three words, so the time a
 * pattern takes stays linear in the length of the text.
 */
const wishes = [
  // “stop texting me”, “quit sending these”, “stop with all these messages”
  `${oneOf('stop quit cease end')} (?:with |it with )?(?:${messaging}|${oneOf('all the these those your any')} ${someWords}${messages})`,
  `${oneOf('stop quit end cancel')} ${messages}`,
  // “do not text me”, “never contact me again”
  `(?<!${oneOf('you u they he she we i to')} )${oneOf('dont never')} ${contact}`,
  `(?<!${oneOf('if when because they he she we i')} (?:you )?)(?:do|must|should|may) not ${contact}`,
  `dont (?:want|need|wish) ${someWords}${messages}`,
  `do not (?:want|need|wish) ${someWords}${messages}`,
  `(?<!${oneOf('have has had are is got were there')} )no more (?:of )?(?:these |your )?${messages}`,
  // “take me off your list”, “remove my number”
  `take (?:me|us|${mine} (?:number|phone|name)) off(?! hold)`,
  `${oneOf('remove delete erase')} (?:me|us|${mine} (?:number|phone|name|info|details|contact)) (?:from|off|please|now|$)`,
  `${oneOf('lose forget')} ${mine} number`,
  `off (?:of )?${oneOf('your this the')} (?:\\S+ )?list`,
  // “please unsubscribe me”, “how do i opt out”, “i revoke my consent”
  `(?:${oneOf('please to me must want')}|${oneOf('do can could may')} i) (?:unsubscribe|unsub)`,
  `(?:opt|opting) out (?:${oneOf('of from')} )?(?:${oneOf('this these your all please now')}|(?:the )?${messages}|$)`,
  `${oneOf('unsubscribe unsub')} (?:me|us|my|our|this|from|please|now)`,
  `opt (?:me|us|my number) out`,
  `${oneOf('revoke withdraw')} (?:my|our) (?:consent|permission)`,
  // “leave me alone”, “i never signed up”
  'leave (?:me|us) alone',
  `(?:never|didnt|did not) ${agreed} (?:${oneOf('up in to for')} ){0,2}(?:${oneOf('this these your any get')}|${messages}|$)`,
  // Other languages
  'no (?:me )?(?:envien|envie|mande|manden|escriban|escriba) (?:mas )?(?:mensajes|textos|sms)',
  'no (?:quiero )?(?:recibir )?mas mensajes',
  '(?:dar|darme|denme|dame) de baja',
  'ne (?:m|me )?(?:envoyez|envoie|contactez|ecrivez) plus',
  'plus de (?:messages|sms|textos)',
  'keine (?:weiteren )?(?:nachrichten|sms)(?: mehr)?',
  '(?:geen|niet) (?:meer )?(?:berichten|sms)(?: meer)?',
  'nao (?:quero|envie|enviem|me envie|mande) (?:mais )?(?:mensagens|sms)',
].join('|');

/** “Don't stop texting me”, “why did you stop texting”: the words of a wish, and the opposite of one. */
const denied = `(?<!${oneOf('dont never not didnt doesnt wont cant cannot why')} (?:ever |please |just )?)(?<!did you )`;

const wish = new RegExp(`(?<= )${denied}(?:${wishes})(?= |$)`, 'u');

/**
 * Reads like a wish to get no more texts, in whatever words; since 2025 any reasonable wording counts in the US (47 CFR
 * 64.1200(a)(10)). A mark for a person to look at, never acted upon: it is right often, not always. Linear in time. A
 * keyword is none: it is acted upon.
 */
export function suggestsStop(text: string): boolean {
  if (readKeyword(text).keyword !== undefined) return false;
  const words = wordsOf(text);
  return isStopAndCourtesy(words) || wish.test(` ${words.join(' ')} `);
}

/** “Please stop”, “stop stop STOP”, “arrêtez svp”. */
function isStopAndCourtesy(words: readonly string[]): boolean {
  const rest = words.filter((word) => !courtesy.has(word));
  if (rest.length === 0) return false;
  return rest.every((word) => otherStopWords.has(word) || readKeyword(word).keyword === 'stop');
}
