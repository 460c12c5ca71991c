export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What a log line may carry. Texts, tokens, keys and whole numbers never do; numbers go through `maskNumber`. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** `event` is a stable word to search for, such as `sms.accepted`. An `alarm` field of `true` asks for a person. */
export type Logger = (level: LogLevel, event: string, fields?: LogFields) => void;
