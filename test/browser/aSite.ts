import { createServer } from 'node:http';
import { build } from 'esbuild';
import { listen, shut } from '../../local/listen.ts';

export interface Site {
  readonly origin: string;
  /** Bundles a script as a developer would, for the site's one page. `values` stand for its free names. */
  show(script: string, values: Readonly<Record<string, string>>): Promise<void>;
  close(): Promise<void>;
}

/** A web site of one page, on an origin of its own. */
export async function aSite(): Promise<Site> {
  let script = '';
  const server = createServer((request, response) => {
    if (request.url === '/page.js') return response.setHeader('content-type', 'text/javascript').end(script);
    return response.setHeader('content-type', 'text/html').end('<!doctype html><script src="/page.js"></script>');
  });
  const port = await listen(server, 0);
  return {
    origin: `http://127.0.0.1:${port}`,
    async show(file, values) {
      const define = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]));
      const options = { bundle: true, write: false, platform: 'browser', format: 'iife', define } as const;
      script = (await build({ entryPoints: [file], ...options })).outputFiles[0]?.text ?? '';
    },
    close: () => shut(server),
  };
}
