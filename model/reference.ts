import type { Tables } from '../common/generated-tables.ts';
import { asCode, schemaMembers } from '../common/schema-reference.ts';
import { markdownTable } from '../common/tables.ts';
import { modelSettings } from './settings.ts';

/** The generated tables in the model's documentation, by page and name. */
export const modelTables: Record<string, Tables> = { 'docs/model.md': { settings: modelSettingsTable } };

/** Returns the settings of the `model` section as a Markdown table. */
export function modelSettingsTable(): string {
  const rows = schemaMembers(modelSettings, 'model').map(({ path, default: initial, description }) => [
    asCode(path),
    asCode(initial),
    description,
  ]);
  return markdownTable(['setting', 'default', 'meaning'], rows);
}
