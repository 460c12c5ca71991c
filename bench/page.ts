import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';

const [begin, end] = ['<!-- bench: made by npm run bench -->', '<!-- bench: end -->'];

/** One sentence that says when and on what; to be asked for before anything runs, for the load is that of others. */
export function circumstances(): string {
  const date = new Date().toISOString().slice(0, 16).replace('T', ' ');
  const cores = `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? process.arch}`;
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  const load = loadavg()[0]?.toFixed(1);
  return `${date} UTC, ${cores}, ${memory}, ${process.platform} ${release()}, Node ${process.versions.node}, load before ${load}.`;
}

/** Replaces what stands between the marks. Throws a sentence when the page has none, before anything was measured. */
export function openPage(path: string): (text: string) => void {
  const page = readFileSync(path, 'utf8');
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`${path} has no place for the table: "${begin}" and "${end}".`);
  return (text) => writeFileSync(path, `${before}${begin}\n\n${text}\n\n${end}${after}`);
}
