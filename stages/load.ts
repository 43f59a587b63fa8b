import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { describeProblems } from './problems.ts';
import { type Settings, settingsSchema } from './settings.ts';

/** A stage that does not exist or cannot be used as it is written; the message names file, place and remedy. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** A stage: the name people type as `STAGE` and what its file sets. */
export interface Stage {
  name: string;
  settings: Settings;
}

/** Reads and validates `stages/<name>.yaml` under `folder`. */
export async function loadStage(name: string, folder = import.meta.dirname): Promise<Stage> {
  const file = join(folder, `${name}.yaml`);
  return { name, settings: parseSettings(await readStage(name, file, folder), `stages/${name}.yaml`) };
}

async function readStage(name: string, file: string, folder: string): Promise<string> {
  const known = await stageNames(folder);
  if (known.includes(name)) return readFile(file, 'utf8');
  throw new SettingsError(
    `STAGE=${name}: expected one of ${known.join(', ')}. To add a stage, copy stages/rehearsal.yaml to stages/<name>.yaml.`,
  );
}

/** The stages that can be named, by their files. */
export async function stageNames(folder = import.meta.dirname): Promise<string[]> {
  const files = await readdir(folder);
  return files
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

/** Parses a stage's YAML text; `file` is only named in errors. */
export function parseSettings(text: string, file: string): Settings {
  const document = parseDocument(text);
  const [broken] = document.errors;
  if (broken) throw new SettingsError(`${file}: expected YAML, got: ${broken.message}`);
  const value: unknown = document.toJS();
  const parsed = settingsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new SettingsError(
    describeProblems(parsed.error, value)
      .map((problem) => `${file}: ${problem}`)
      .join('\n'),
  );
}
