import { z } from 'zod';
import type { Operation } from '../operations/operation.ts';
import { type ProblemName, problemCatalogue } from '../problems/catalogue.ts';
import { problemSchema } from '../schemas/problem.ts';

type JsonObject = Record<string, unknown>;

/** Returns the OpenAPI 3.1 document of operations, from the schemas that validate their requests. */
export function openApiDocument(operations: readonly Operation[], version: string): JsonObject {
  const schemas: JsonObject = {};
  const paths: Record<string, JsonObject> = {};
  for (const operation of operations) {
    const path = paths[operation.path] ?? {};
    paths[operation.path] = { ...path, [operation.method]: operationObject(operation, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'intent-fleet',
      version,
      description: 'Classifies short messages by intent. Every error is a problem detail (RFC 9457).',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths,
    components: { schemas, ...(operations.some(({ scope }) => scope) && { securitySchemes }) },
  };
}

const securitySchemes = {
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key, such as ifk_…, which the owner of the service gives',
  },
};

function operationObject(operation: Operation, schemas: JsonObject): JsonObject {
  const { id, tag, summary, body, scope } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    parameters: [...pathParameters(operation), ...queryParameters(operation)],
    ...(body && { requestBody: requestBody(body, schemas) }),
    ...(scope && { security: [{ apiKey: [] }] }),
    responses: responses(operation, schemas),
  };
}

// A reader is shown the description of a parameter, not that of its schema.
function pathParameters({ parameters = {} }: Operation): JsonObject[] {
  return Object.entries(parameters).map(([name, parameter]) => {
    const { $schema, description, ...schema } = z.toJSONSchema(parameter);
    const example = schema.const;
    return { name, in: 'path', required: true, description, schema, ...(example !== undefined && { example }) };
  });
}

function queryParameters({ query }: Operation): JsonObject[] {
  if (!query) return [];
  // Query parameters are text; the documented type is that of the parsed value.
  const { properties = {} } = z.toJSONSchema(query, { io: 'output' });
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...schema } = property as JsonObject;
    return { name, in: 'query', required: false, description, schema };
  });
}

function requestBody({ schema, mediaTypes: [mediaType] }: NonNullable<Operation['body']>, schemas: JsonObject) {
  return { required: true, content: { [mediaType as string]: { schema: toSchema(schema, schemas, 'input') } } };
}

function responses({ answer, ...operation }: Operation, schemas: JsonObject): JsonObject {
  const schema = answer.schema ? toSchema(answer.schema, schemas, 'output') : { type: 'string' };
  const problems = Map.groupBy(problemsOf(operation), (name) => problemCatalogue[name].status);
  return {
    200: { description: answer.description, content: { [answer.mediaType]: { schema } } },
    ...Object.fromEntries([...problems].map(([status, names]) => [status, problemResponse(names, schemas)])),
  };
}

// The HTTP parser's answers, which no operation lists.
const alwaysPossible: readonly ProblemName[] = ['invalid-request', 'request-timeout', 'headers-too-large', 'internal'];
const withBody: readonly ProblemName[] = [
  'invalid-json',
  'body-too-large',
  'unsupported-media-type',
  'invalid-content',
  'overloaded',
];

function problemsOf({ body, isProbe, scope, problems }: Omit<Operation, 'answer'>): ProblemName[] {
  const limited: readonly ProblemName[] = isProbe ? [] : ['too-many-requests'];
  const guarded: readonly ProblemName[] = scope ? ['unauthorized', 'forbidden'] : [];
  return [...problems, ...(body ? withBody : []), ...guarded, ...limited, ...alwaysPossible];
}

function problemResponse(names: ProblemName[], schemas: JsonObject): JsonObject {
  const description = names.map((name) => problemCatalogue[name].title).join('; ');
  const schema = toSchema(problemSchema, schemas, 'output');
  return { description, content: { 'application/problem+json': { schema } } };
}

// Schemas with an id go to `components` and are referenced from everywhere else.
function toSchema(schema: z.ZodType, schemas: JsonObject, io: 'input' | 'output'): JsonObject {
  const { $schema, $defs = {}, ...rest } = withComponentReferences(z.toJSONSchema(z.object({ schema }), { io }));
  Object.assign(schemas, $defs);
  return (rest.properties as { schema: JsonObject }).schema;
}

function withComponentReferences(schema: unknown): JsonObject & { $defs?: JsonObject } {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
}
