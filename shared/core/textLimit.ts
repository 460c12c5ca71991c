/**
 * The longest text the service takes, in UTF-16 code units
 * (https://learn.microsoft.com/azure/communication-services/concepts/sms/sdk-features, "Support for long messages").
 */
export const maxTextLength = 2048;

/** Half of a surrogate pair is wrong in another way, which others tell. */
const shown = /[\p{L}\p{N}\p{P}\p{S}\p{Cs}]/u;

/** Whether anything of a text shows: a letter, a digit, a sign or a picture, and not only spaces and characters without width. */
export const saysSomething = (text: string): boolean => shown.test(text);
