import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import test from 'ava';
import { z } from 'zod';
import { variablesSchema } from '../../bootstrap/variables.ts';

interface Property {
  type?: string;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  default?: unknown;
  description?: string;
  properties?: Record<string, Property>;
}

/** One line for each variable, with its place, what it may be, its default and its meaning. */
function rows(properties: Record<string, Property>, place = ''): string[] {
  return Object.entries(properties).flatMap(([name, property]) =>
    property.properties ? rows(property.properties, `${place}${name}.`) : [row(`${place}${name}`, property)],
  );
}

function row(place: string, property: Property): string {
  const initial = property.default === undefined ? '' : `\`${property.default}\``;
  return `| \`${place}\` | ${kind(property)} | ${initial} | ${property.description} |`;
}

function kind({ type, enum: values, minimum, maximum }: Property): string {
  if (values) return values.map((value) => `\`${value}\``).join(', ');
  return type === 'integer' ? `${minimum} to ${maximum}` : 'text';
}

test('the table of variables says what the schema says', async (t) => {
  const { properties } = z.toJSONSchema(variablesSchema, { io: 'input' }) as { properties: Record<string, Property> };
  const table = ['| variable | may be | default | |', '|---|---|---|---|', ...rows(properties)].join('\n');
  const page = await readFile(resolve(import.meta.dirname, '../../docs/bootstrap.md'), 'utf8');
  const shown = page.match(/<!-- variables -->\n([\s\S]*?)\n<!-- \/variables -->/)?.[1];
  t.is(shown, table);
});
