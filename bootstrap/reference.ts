import type { Tables } from '../common/generated-tables.ts';
import { asCode, schemaMembers } from '../common/schema-reference.ts';
import { markdownTable } from '../common/tables.ts';
import { variablesSchema } from './variables.ts';

/** The generated tables in the bootstrap's documentation, by page and name. */
export const bootstrapTables: Record<string, Tables> = { 'docs/bootstrap.md': { variables: variablesTable } };

function variablesTable(): string {
  const rows = schemaMembers(variablesSchema).map(({ path, values, default: initial, description }) => [
    asCode(path),
    values || 'text',
    asCode(initial),
    description,
  ]);
  return markdownTable(['variable', 'values', 'default', 'meaning'], rows);
}
