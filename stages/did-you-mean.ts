import { closestMatch } from 'leven';
import { z } from 'zod';
import { settingsSchema } from './settings.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Returns the setting that a person has probably meant by a path whose last key is unknown; undefined where none is like it. */
export function meantBy(path: readonly PropertyKey[]): string | undefined {
  const key = String(path.at(-1));
  const schema: JsonSchema = z.toJSONSchema(settingsSchema, { io: 'input', unrepresentable: 'any' });
  const section = path
    .slice(0, -1)
    .reduce((schemas: JsonSchema[], name) => schemas.flatMap((one) => within(one, name)), [schema]);
  const known = section.flatMap(alternatives).flatMap(({ properties = {} }) => Object.keys(properties));
  // It may be known beside another value, such as another backend.
  return known.includes(key) ? undefined : closestMatch(key, known, { maxDistance: Math.ceil(key.length / 3) });
}

function within(schema: JsonSchema, name: PropertyKey): JsonSchema[] {
  return alternatives(schema).flatMap(({ properties, items }) => {
    const inner = typeof name === 'number' ? items : properties?.[String(name)];
    return typeof inner === 'object' && !Array.isArray(inner) ? [inner] : [];
  });
}

function alternatives(schema: JsonSchema): JsonSchema[] {
  const others = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])] as JsonSchema[];
  return [schema, ...others.flatMap(alternatives)];
}
