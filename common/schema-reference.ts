import { z } from 'zod';

/** A documented member of a schema. */
export interface SchemaMember {
  /** Its path, such as `service.rateLimit.requests`. */
  path: string;
  /** The values that it may have; empty where the description says it. */
  values: string;
  /** Its default; undefined without one. */
  default: unknown;
  description: string;
}

interface JsonSchema {
  type?: string;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  default?: unknown;
  description?: string;
  properties?: Record<string, JsonSchema>;
}

/** Returns every member of an object's schema that has a description, in the schema's order, without the members inside it. */
export function schemaMembers(schema: z.ZodType, path = ''): SchemaMember[] {
  return membersOf(z.toJSONSchema(schema, { io: 'input' }) as JsonSchema, path);
}

function membersOf({ properties = {} }: JsonSchema, path: string): SchemaMember[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const inner = path === '' ? name : `${path}.${name}`;
    const { description } = schema;
    if (description === undefined) return membersOf(schema, inner);
    return [{ path: inner, values: valuesOf(schema), default: schema.default, description }];
  });
}

function valuesOf({ type, enum: values, minimum, maximum }: JsonSchema): string {
  if (values) return values.map((value) => `\`${value}\``).join(', ');
  if (type === 'boolean') return '`true`, `false`';
  return type === 'integer' && maximum !== undefined ? `${minimum} to ${maximum}` : '';
}

/** Formats a value as code; nothing for undefined. */
export function asCode(value: unknown): string {
  if (value === undefined) return '';
  return `\`${typeof value === 'object' ? JSON.stringify(value) : value}\``;
}
