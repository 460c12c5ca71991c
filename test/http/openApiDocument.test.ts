import { describe, expect, test } from 'vitest';
import { httpApiPages } from '../../scripts/httpDocs.ts';
import { outOfStep } from '../../scripts/keepInStep.ts';
import { openApiDocument } from '../../shared/http/openApiDocument.ts';
import { problemCodes, problemKinds } from '../../shared/http/problem.ts';
import { routes } from '../../shared/http/routes.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: Record<string, unknown> }[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { description: string; content: Content }>>;
}
type Content = Readonly<Record<string, { readonly schema: Record<string, unknown> }>>;

// As a client would read it: over the wire.
const document = JSON.parse(JSON.stringify(openApiDocument(routes)));
const operations = Object.entries<Record<string, Operation>>(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation, id: operation.operationId })),
);
const operationOf = (id: string): Operation => operations.find((known) => known.id === id)!.operation;

/** Everything under a key of this name, wherever it stands. */
function under(name: string, value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [...(key === name ? [inner] : []), ...under(name, inner)]);
}

test('the document is OpenAPI 3.1 and has every route once', () => {
  expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Switchboard', version: expect.any(String) } });
  expect(operations.map(({ id }) => id).toSorted()).toEqual(routes.map(({ name }) => name).toSorted());
});

test('every reference leads somewhere within the document', () => {
  const references = under('$ref', document) as string[];
  const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
  expect(references.filter((reference) => !known.includes(reference))).toEqual([]);
  expect(known.filter((name) => !references.includes(name))).toEqual([]);
});

test('no word of our own types gets out', () => {
  expect(under('readOnly', document)).toEqual([]);
  expect(under('$schema', document)).toEqual([]);
  expect(under('$defs', document)).toEqual([]);
});

describe.each(operations.map((known) => [known.id, known] as const))('%s', (_, { path, operation }) => {
  test('says all that OpenAPI asks of an operation', () => {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const required = operation.parameters.filter((parameter) => parameter.in === 'path' && parameter.required);
    expect(required.map(({ name }) => name)).toEqual(inPath);
    for (const { name, schema } of operation.parameters)
      expect([name, schema['type']]).toEqual([name, expect.any(String)]);
    for (const [status, { description, content = {} }] of Object.entries(operation.responses)) {
      expect(status).toMatch(/^[2-5]\d\d$/);
      expect(description).not.toBe('');
      expect(Object.keys(content)).toHaveLength(['204', '304', '416'].includes(status) ? 0 : 1);
    }
  });

  test('tells of a problem wherever one of its statuses is an error', () => {
    const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
    expect(operation.responses['500']?.content).toEqual(problem);
    if (operation.security.length > 0) expect(operation.responses['401']?.content).toEqual(problem);
    if (operation.requestBody) expect(operation.responses['413']?.content).toEqual(problem);
  });
});

test('roles are what the bearer must hold', () => {
  expect(operationOf('listConversations').security).toEqual([{ bearer: ['agent'] }]);
  expect(operationOf('getHealth').security).toEqual([]);
});

test('fields are told as the wire has them, not as we read them', () => {
  const { parameters } = operationOf('listConversations');
  expect(parameters.find(({ name }) => name === 'limit')).toMatchObject({
    in: 'query',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 },
  });
  expect(operationOf('sendMessage').parameters).toMatchObject([
    { name: 'Idempotency-Key', in: 'header', required: false },
  ]);
  expect(operationOf('sendMessage').requestBody).toMatchObject({
    required: true,
    content: { 'application/json': { schema: { additionalProperties: false, required: ['to', 'text'] } } },
  });
});

test('what a 409 may mean is told code by code', () => {
  expect(operationOf('resendMessage').responses['409']?.description).toBe(
    ['conflict', 'opted-out', 'outside-hours', 'busy'].map((code) => `\`${code}\`: ${titleOf(code)}.`).join('\n\n'),
  );
});

const titleOf = (code: string): string => problemKinds[problemCodes.find((known) => known === code)!].title;

test('its page is what the code makes of it', () => {
  expect(outOfStep(httpApiPages)).toEqual([]);
});
