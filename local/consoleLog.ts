import type { Logger, LogLevel } from '../shared/core/logger.ts';

const rank: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** One line an event for whoever watches the terminal, from `lowest` up. */
export const consoleLog =
  (lowest: LogLevel): Logger =>
  (level, event, fields = {}) => {
    if (rank[level] < rank[lowest]) return;
    const told = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
    const line = [event, ...told].join(' ');
    if (rank[level] >= rank.warn) console.error(line);
    else console.log(line);
  };
