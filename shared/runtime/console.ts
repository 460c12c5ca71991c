import { createHash } from 'node:crypto';
import type { Config } from '../config.ts';
import { AppError } from '../core/errors.ts';
import { acceptedEncoding, isKnown } from '../http/conditional.ts';
import { answer } from '../http/route.ts';
import { type ConsoleFile, consoleFiles, type Encoding, encodings } from './consoleFiles.ts';

export interface ConsoleRequest {
  /** Below /console/. */
  readonly path: string;
  /** `Accept-Encoding` and `If-None-Match`, as they came. */
  readonly encodings: string | undefined;
  readonly known: string | undefined;
}

const hashed = /^assets\//;
/** What is named like a file is a file or nothing; anything else is a place in the page. */
const isPlace = (path: string): boolean => !/\.[^/]*$/.test(path) && !hashed.test(path);

/** A file of the console, its page for a place within it, or what the page has to know. Throws `not-found`. */
export function readConsole(request: ConsoleRequest, config: Config) {
  if (request.path === 'config.json') return configAnswer(request, config);
  const files = consoleFiles(config.PLAYBOOK_FILE);
  if (files === undefined) throw new AppError('not-found', 'The console is not here: `npm run build` makes it.');
  const file = files.get(request.path) ?? (isPlace(request.path) ? files.get('index.html') : undefined);
  if (file === undefined) throw new AppError('not-found', 'The console has no such file.');
  return fileAnswer(file, request, hashed.test(request.path) ? lasting : pageHeaders(config));
}

/** A year, which is as good as for ever (RFC 9111 names no longest time; a year is what caches expect). */
const lasting = { 'Cache-Control': 'public, max-age=31536000, immutable' };

function fileAnswer(file: ConsoleFile, request: ConsoleRequest, headers: Readonly<Record<string, string>>) {
  const offered = (Object.keys(encodings) as Encoding[]).filter((encoding) => file.as[encoding] !== undefined);
  const encoding = acceptedEncoding(request.encodings, offered);
  const etag = `"${file.hash}${encoding === 'identity' ? '' : `-${encoding}`}"`;
  const always = { ...headers, ...everyFile, ETag: etag, Vary: 'Accept-Encoding' };
  if (isKnown(etag, request.known)) return answer(304, undefined, always);
  const body = file.as[encoding] ?? file.as.identity;
  return answer(200, body, {
    ...always,
    'Content-Type': file.contentType,
    ...(encoding !== 'identity' && { 'Content-Encoding': encoding }),
  });
}

const everyFile = {
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
};

/** What a browser may do in the page, and that nobody may frame it. */
const pageHeaders = (config: Config) => ({
  'Cache-Control': 'no-cache',
  'Content-Security-Policy': contentSecurityPolicy(config),
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
});

/** No script and no style but our files; no connection but to us, to whoever signs people in, and to a local world. */
function contentSecurityPolicy({ OIDC_ISSUER: [issuer = ''], LAB_URL: lab }: ConsoleSettings): string {
  const connects = [...new Set(["'self'", new URL(issuer).origin, ...(lab ? [new URL(lab).origin] : [])])];
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self' blob:",
    `connect-src ${connects.join(' ')}`,
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}

type ConsoleSettings = Pick<
  Config,
  'OIDC_ISSUER' | 'OIDC_AUDIENCE' | 'OIDC_AGENT_ROLE' | 'CONSOLE_CLIENT_ID' | 'CONSOLE_SCOPES' | 'LAB_URL'
>;

/** What the page has to know before anybody is signed in; none of it is a secret. */
const consoleConfig = (config: ConsoleSettings) => ({
  authority: config.OIDC_ISSUER[0],
  clientId: config.CONSOLE_CLIENT_ID ?? config.OIDC_AUDIENCE,
  scope: config.CONSOLE_SCOPES,
  agentRole: config.OIDC_AGENT_ROLE,
  lab: config.LAB_URL?.replace(/\/$/, ''),
});

function configAnswer({ known }: ConsoleRequest, config: Config) {
  const body = Buffer.from(JSON.stringify(consoleConfig(config)));
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`;
  const headers = { ...everyFile, 'Cache-Control': 'no-cache', ETag: etag };
  if (isKnown(etag, known)) return answer(304, undefined, headers);
  return answer(200, body, { ...headers, 'Content-Type': 'application/json' });
}
