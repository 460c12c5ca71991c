/** Makes docs/http-api.md from the routes of shared/http, by way of the OpenAPI document that the app serves. */
import { admission } from '../shared/http/admission.ts';
import { openApiDocument, problemCodesOf } from '../shared/http/openApiDocument.ts';
import { problemCodes, problemKinds } from '../shared/http/problem.ts';
import { type Role, type Route, roles } from '../shared/http/route.ts';
import { routes } from '../shared/http/routes.ts';
import { keepInStep, type Pages } from './keepInStep.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly description?: string;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly description?: string;
  readonly schema: Schema;
}
type Content = Readonly<Record<string, { readonly schema: Schema }>>;
interface Response {
  readonly description: string;
  readonly content: Content;
  readonly headers?: Readonly<Record<string, { readonly description: string }>>;
}
interface Operation {
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, Response>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const document = openApiDocument(routes) as unknown as Document;

/** What each caller holds; an admin is an agent too. */
const callers = [undefined, [], ['agent'], ['agent', 'admin']] as const;

const verdict = (role: Role, held: (typeof callers)[number]): string => {
  const admitted = admission(role, held);
  return admitted === 'in' ? 'yes' : String(problemKinds[admitted].status);
};

const mayCallTable = roles
  .map((role) => `| ${role} | ${callers.map((held) => verdict(role, held)).join(' | ')} |`)
  .join('\n');

const head = `<!-- Made by scripts/httpDocs.ts from shared/http; change it there. -->
# The HTTP API

The app serves the same as an OpenAPI 3.1 document at \`/api/openapi.json\`.

**Who calls.** Bring a bearer token of an issuer that \`OIDC_ISSUER\` names: \`Authorization: Bearer …\`. It must be for the
audience \`OIDC_AUDIENCE\`; its claim \`OIDC_ROLES_CLAIM\` says what its bearer may do. Without a token, and with
\`PLATFORM_AUTH\`, you are whom [App Service authentication](deploying.md#sign-in) has signed in. A token that is not valid is
401; one whose key is not known yet is 503 for half a minute at most, so come again. The table says who may call what:

| role | nobody | signed in | agent | admin |
|---|---|---|---|---|
${mayCallTable}

**What is sent.** JSON with \`Content-Type: application/json\`, 256 KiB at most, with a \`Content-Length\`. Fields and query
names that are not known are refused, so that a typo is not passed over. Instants are ISO 8601 in UTC.

**Lists** come in pages, latest first. A page that is not the last has a \`cursor\`; ask with it for the next. Cursors are
opaque and do not expire.

**Once.** A request with an \`Idempotency-Key\` makes at most one message: repeated by the same caller, in the same
conversation, it is answered with that message as it now stands and \`Idempotent-Replayed: true\`. Keys are remembered for
\`REQUEST_KEPT_SECONDS\`.

**Errors** are RFC 9457 problems (\`application/problem+json\`): rely on \`code\`; \`detail\` is for people, \`instance\` leads to
the log, and \`faults\` names everything that is wrong with a request.`;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');

const mayCall: Readonly<Record<Role, string>> = {
  anyone: 'Anyone may call it.',
  'signed-in': 'Any valid token will do.',
  agent: 'Takes the role of agent.',
  admin: 'Takes the role of admin.',
  'call-automation': 'For the provider of calls alone, by its own token.',
};

const listOfRoutes = [
  '| | role | |\n|---|---|---|',
  ...routes.map(({ method, path, role, summary }) => {
    const anchor = `${method}-${path}`.toLowerCase().replaceAll(/[^\w-]/g, '');
    return `| [\`${method} ${path}\`](#${anchor}) | ${role} | ${cell(summary)} |`;
  }),
].join('\n');

function section(route: Route): string {
  const { method, path, role, summary, description, bodyType } = route;
  const { parameters = [], requestBody, responses = {} } = document.paths[path]?.[method.toLowerCase()] ?? {};
  const body = requestBody?.content['application/json']?.schema;
  return [
    `## ${method} ${path}`,
    [`${summary}.`, mayCall[role], description].filter(Boolean).join(' '),
    ...(parameters.length > 0 ? [parameterTable(parameters)] : []),
    ...(body === undefined ? [] : [`Body:\n\n${fieldTable(body)}`]),
    ...(bodyType === undefined
      ? []
      : [`Body, as \`Content-Type: ${bodyType}\`: ${requestBody?.content[bodyType]?.schema?.description}`]),
    ...Object.keys(route.responses).flatMap((status) => answered(status, responses[status])),
    `Problems: ${problemCodesOf(route)
      .map((code) => `\`${code}\``)
      .join(', ')}.`,
  ].join('\n\n');
}

const parameterTable = (parameters: readonly Parameter[]): string =>
  [
    '| parameter | in | | |\n|---|---|---|---|',
    ...parameters.map(
      ({ name, in: place, required, description = '', schema }) =>
        `| \`${name}\` | ${place} | ${typeOf(schema, required)} | ${cell(description)} |`,
    ),
  ].join('\n');

const fieldTable = (schema: Schema): string => ['| field | | |\n|---|---|---|', ...fieldRows(schema)].join('\n');

const fieldRows = ({ properties = {}, required = [] }: Schema, within = ''): readonly string[] =>
  Object.entries(properties).flatMap(([name, field]) => [
    `| \`${within}${name}\` | ${typeOf(field, required.includes(name))} | ${cell(field.description ?? '')} |`,
    ...fieldRows(field, `${within}${name}.`),
    ...fieldRows(field.items ?? {}, `${within}${name}[].`),
  ]);

/** A type in a few words; what has a name of its own leads to its fields. */
function typeOf(schema: Schema, required = true): string {
  if (schema.default !== undefined) return `${schema.type}, ${String(schema.default)} if left out`;
  if (!required) return `${typeOf(schema)}, optional`;
  const name = schema.$ref?.split('/').at(-1);
  if (name !== undefined) return `[${name}](#${name.toLowerCase()})`;
  const words = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (words !== undefined) return words.map((word) => `\`${String(word)}\``).join(' ');
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {})}`;
  return schema.format === 'date-time' ? 'instant' : (schema.type ?? 'any');
}

function answered(status: string, response: Response | undefined): readonly string[] {
  const { description = '', content = {}, headers = {} } = response ?? {};
  const schema = content['application/json']?.schema ?? {};
  const said = Object.entries(headers).map(([name, header]) => `\`${name}\`: ${header.description}`);
  const shape = schema.$ref === undefined ? [] : [`${typeOf(schema)}.`];
  const fields = schema.properties === undefined ? [] : [fieldTable(schema)];
  return [[`${status}: ${description}`, ...said, ...shape].join(' '), ...fields];
}

/** One section for each component; one that is a choice names what it may be. */
const components = Object.entries(document.components.schemas)
  .filter(([name]) => name !== 'Problem')
  .toSorted(([a], [b]) => a.localeCompare(b))
  .map(([name, schema]) => {
    const choices = schema.anyOf?.map((choice) => typeOf(choice)).join(' or ');
    return `### ${name}\n\n${choices === undefined ? fieldTable(schema) : `${choices}.`}`;
  });

const problems = [
  '| code | status | |\n|---|---|---|',
  ...problemCodes.map((code) => `| \`${code}\` | ${problemKinds[code].status} | ${problemKinds[code].title}. |`),
].join('\n');

export const httpApiPages: Pages = {
  'docs/http-api.md': `${[
    head,
    listOfRoutes,
    ...routes.map(section),
    '## Shapes',
    ...components,
    '## Problems',
    'Those with status 503, `busy` and `token-limit` come with `Retry-After`: the same request may go through later.',
    problems,
  ].join('\n\n')}\n`,
};

if (import.meta.main) keepInStep(httpApiPages);
