import * as z from 'zod/mini';
import { type ProblemCode, problemKinds, problemSchema } from './problem.ts';
import type { ResponseShape, Route, Schema } from './route.ts';
import { version } from './version.ts';

type Json = Record<string, unknown>;

interface JsonSchema extends Json {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/** All routes as an OpenAPI 3.1 document. Bearer roles are listed in `security`, as 3.1 allows for any scheme. */
export function openApiDocument(routes: readonly Route[]): Json {
  const schemas: Record<string, Json> = {};
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    // OpenAPI knows no parameter that spans several parts of a path.
    const path = route.path.replace('{*', '{');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Switchboard',
      version,
      description: 'Texts between a business and its subscribers. Errors are RFC 9457 problems with a stable `code`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
    components: { schemas, securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  };
}

function operationOf(route: Route, schemas: Record<string, Json>): Json {
  const { name, summary, description, role, body, bodyType = 'application/json' } = route;
  return {
    operationId: name,
    summary,
    ...(description && { description }),
    security: role === 'anyone' ? [] : [{ bearer: role === 'signed-in' ? [] : [role] }],
    parameters: parametersOf(route, schemas),
    ...(body && { requestBody: { required: true, content: { [bodyType]: { schema: said(body, schemas) } } } }),
    responses: { ...responsesOf(route, schemas), ...problemsOf(route, schemas) },
  };
}

const places = { params: 'path', query: 'query', headers: 'header' } as const;

function parametersOf(route: Route, schemas: Record<string, Json>): readonly Json[] {
  return (['params', 'query', 'headers'] as const).flatMap((part) => {
    const schema = route[part];
    if (schema === undefined) return [];
    const { properties = {}, required = [] } = said(schema, schemas);
    return Object.entries(properties).map(([name, { description, ...value }]) => ({
      name: part === 'headers' ? headerCase(name) : name,
      in: places[part],
      // OpenAPI wants all of a path's parameters.
      required: part === 'params' || required.includes(name),
      ...(description === undefined ? {} : { description }),
      schema: value,
    }));
  });
}

const responsesOf = (route: Route, schemas: Record<string, Json>): Json =>
  Object.fromEntries(
    Object.entries(route.responses).map(
      ([status, { description, body, bodyType, headers }]: [string, ResponseShape]) => [
        status,
        {
          description,
          ...(headers && { headers: Object.fromEntries(Object.entries(headers).map(headerSaid)) }),
          ...(body && { content: { 'application/json': { schema: said(body, schemas) } } }),
          ...(bodyType && { content: { [bodyType]: { schema: { type: 'string', format: 'binary' } } } }),
        },
      ],
    ),
  );

/** By status, because several codes may share one; what a route answers itself is not a problem. */
function problemsOf(route: Route, schemas: Record<string, Json>): Json {
  const schema = said(problemSchema, schemas);
  const byStatus = Map.groupBy(problemCodesOf(route), (code) => problemKinds[code].status);
  const answered = Object.keys(route.responses);
  return Object.fromEntries(
    [...byStatus]
      .filter(([status]) => !answered.includes(String(status)))
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => [
        status,
        {
          description: codes.map((code) => `\`${code}\`: ${problemKinds[code].title}.`).join('\n\n'),
          content: { 'application/problem+json': { schema } },
        },
      ]),
  );
}

/** What a route says of itself, and what follows from its role and schemas. */
export function problemCodesOf({ role, params, query, headers, body, problems = [] }: Route): readonly ProblemCode[] {
  const reads = params ?? query ?? headers ?? body;
  return [
    ...(reads ? (['invalid-input'] as const) : []),
    ...(body ? (['too-large', 'unsupported-media-type'] as const) : []),
    ...(role === 'anyone' ? [] : (['unauthenticated', 'unavailable'] as const)),
    ...(role === 'agent' || role === 'admin' ? (['forbidden', 'storage-failed'] as const) : []),
    ...problems,
    'internal',
  ];
}

/** The schema as the wire sees it, before any reading of ours; those with an id are said once, among the components. */
function said(schema: Schema, schemas: Record<string, Json>): JsonSchema {
  const { $schema: _, $defs, ...own } = z.toJSONSchema(schema, { io: 'input', override: plainly }) as Json;
  const here = pointingAtComponents({ own, $defs }) as { own: JsonSchema; $defs?: Record<string, Json> };
  Object.assign(schemas, here.$defs);
  return here.own;
}

/** Read-only is a word about our types, not about the wire. */
const plainly = ({ jsonSchema }: { jsonSchema: Json }): void => {
  delete jsonSchema['readOnly'];
};

const pointingAtComponents = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/'));

const headerSaid = ([name, description]: [string, string]): [string, Json] => [
  name,
  { description, schema: { type: 'string' } },
];

/** `idempotency-key` → `Idempotency-Key`: requests arrive lower-cased, people read the other. */
const headerCase = (name: string): string => name.replace(/(^|-)[a-z]/g, (letters) => letters.toUpperCase());
