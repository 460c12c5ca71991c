/** A request of a worker's, before anything has become of it. */
export interface Requested {
  readonly to: Destination;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
}

export const destinations = ['table', 'queue', 'blob', 'acs'] as const;
export type Destination = (typeof destinations)[number];

/** What a request is about, in words that are the same in every run. */
interface About {
  /** What it would do, such as `conversations: insert e, insert e, replace head`. */
  readonly label: string;
  /** What it does it to: requests about different things cannot see each other. */
  readonly thing: string;
  readonly reads: boolean;
}

/** One of a worker's effects: a request, and which of its kind it is. */
export interface Effect extends Requested, About {
  /** The label, and the count from the second of its kind on: names the same effect in every run. */
  readonly name: string;
}

const words: Readonly<Record<string, string>> = {
  GET: 'read',
  POST: 'insert',
  PUT: 'put',
  PATCH: 'merge',
  MERGE: 'merge',
  DELETE: 'delete',
};

/** Rows by what stands in them: keys differ from run to run. */
function kindOf(row: string): string {
  if (['head', 'call', ''].includes(row)) return row;
  if (/^\d{4}-/.test(row)) return 'day';
  return /^\d{17}/.test(row) ? 'inbox row' : row.slice(0, 1);
}

/** One operation on a row, or the key of a row to be made, which comes after it. */
const operation =
  /^(?:(POST|PUT|PATCH|MERGE|DELETE) \S+?\/(\w+)(?:\(PartitionKey='[^']*',RowKey='([^']*)'\))? HTTP)|"RowKey":"([^"]*)"/gm;

function aboutBatch(body: string): About {
  let table = '';
  const operations: string[] = [];
  for (const [, method, name, row, made] of body.matchAll(operation)) {
    if (method !== undefined) {
      table = name ?? '';
      operations.push(`${words[method]} ${kindOf(row ?? '')}`.trim());
    } else if (operations.at(-1) === 'insert') operations.push(`${operations.pop()} ${kindOf(made ?? '')}`);
  }
  return { label: `${table}: ${operations.join(', ')}`, thing: table, reads: false };
}

function aboutTable({ method, path, body }: Requested): About {
  if (path.endsWith('/$batch')) return aboutBatch(body);
  const [, table = '', key] = /^\/\w+\/(\w+)(?:\((.*)\))?$/.exec(decodeURIComponent(path)) ?? [];
  if (table === 'Tables') return { label: `make table ${JSON.parse(body).TableName}`, thing: 'tables', reads: false };
  const [, row = /"RowKey":"([^"]*)"/.exec(body)?.[1] ?? ''] = /RowKey='([^']*)'/.exec(key ?? '') ?? [];
  const verb = method === 'GET' && row === '' ? 'query' : words[method];
  return { label: `${table}: ${verb} ${kindOf(row)}`.trim(), thing: table, reads: method === 'GET' };
}

const withoutIds = (path: string): string => path.replace(/\/(callConnections|recordings|objects)\/[^/:]+/g, '/$1/…');

export function aboutOf(requested: Requested): About {
  const { to, method, path } = requested;
  if (to === 'table') return aboutTable(requested);
  if (to === 'acs') return { label: `${method} ${withoutIds(path)}`, thing: 'acs', reads: method === 'GET' };
  const [, , name = '', item] = path.split('/');
  const verb = item === undefined ? 'make' : (words[method] ?? method);
  return { label: `${to} ${name}: ${verb}`, thing: name, reads: method === 'GET' };
}
