const names = /^(localhost|127(\.\d+){3}|\[::1\])$/i;

/** Whether a host name, as a URL has it, means this machine itself: only there may a connection do without TLS. */
export const isLoopback = (hostname: string): boolean => names.test(hostname);

/** https, or http on this machine itself; `undefined` for any other text. */
export function secureUrl(text: string): URL | undefined {
  const url = URL.parse(text);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname)) ? url : undefined;
}
