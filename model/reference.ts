import { z } from 'zod';
import type { Tables } from '../common/generated-tables.ts';
import { markdownTable } from '../common/tables.ts';
import { modelSettings } from './settings.ts';

/** The generated tables in the model's documentation, by page and name. */
export const modelTables: Record<string, Tables> = { 'docs/model.md': { settings: modelSettingsTable } };

interface Property {
  properties?: Record<string, Property>;
  description?: string;
  default?: unknown;
}

/** Returns the settings of the `model` section as a Markdown table. */
export function modelSettingsTable(): string {
  const schema = z.toJSONSchema(modelSettings, { io: 'input' }) as Property;
  return markdownTable(['setting', 'default', 'meaning'], rowsOf(schema, 'model'));
}

function rowsOf({ properties = {} }: Property, path: string): string[][] {
  return Object.entries(properties).flatMap(([name, { description, default: initial, ...setting }]) => {
    const inner = `${path}.${name}`;
    // A setting with a description is one row, without the settings inside it.
    if (description === undefined) return rowsOf(setting, inner);
    return [[`\`${inner}\``, initial === undefined ? '' : `\`${initial}\``, description]];
  });
}
