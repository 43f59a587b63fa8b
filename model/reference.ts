import * as z from 'zod';
import { modelSettings } from './settings.ts';

interface Described {
  properties?: Record<string, Described>;
  description?: string;
  default?: unknown;
}

const START = '<!-- The settings, made from model/settings.ts. -->';
const END = '<!-- The end of the settings. -->';

/** The settings of the `model` section, as a Markdown table. */
export function modelSettingsTable(): string {
  const schema = z.toJSONSchema(modelSettings, { io: 'input' }) as Described;
  return ['| setting | default | meaning |', '|---|---|---|', ...rowsOf(schema, 'model')].join('\n');
}

function rowsOf({ properties = {} }: Described, path: string): string[] {
  return Object.entries(properties).flatMap(([name, setting]) => {
    const inner = `${path}.${name}`;
    // What has a description of its own is one row, however much is inside it.
    if (setting.description === undefined) return rowsOf(setting, inner);
    const standard = setting.default === undefined ? '' : `\`${setting.default}\``;
    return [`| \`${inner}\` | ${standard} | ${setting.description} |`];
  });
}

/** The page with its table of settings made anew. */
export function withModelSettings(page: string): string {
  const before = page.slice(0, page.indexOf(START));
  const after = page.slice(page.indexOf(END));
  return `${before}${START}\n${modelSettingsTable()}\n${after}`;
}
