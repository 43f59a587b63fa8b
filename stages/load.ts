import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { UserError } from '../common/errors.ts';
import { check, describeProblems, type Problem } from '../common/validation.ts';
import { meantBy } from './did-you-mean.ts';
import { lineOf } from './setting-lines.ts';
import { type Settings, settingsSchema } from './settings.ts';

/** A stage that does not exist or has invalid settings; the message names the file, the place and the remedy. */
export class SettingsError extends UserError {
  override readonly name = 'SettingsError';
}

/** A stage: its name, the value of `STAGE`, and its settings. */
export interface Stage {
  name: string;
  settings: Settings;
}

/** Reads and validates `stages/<name>.yaml` under `folder`. */
export async function loadStage(name: string, folder = import.meta.dirname): Promise<Stage> {
  const file = `stages/${name}.yaml`;
  const settings = parseSettings(await readStage(name, folder), file);
  assertShortNames(name, settings, file);
  return { name, settings };
}

// A load balancer's name, `<name>-<stage>`, has the lowest limit that AWS sets: 32 characters.
function assertShortNames(stage: string, { name }: Settings, file: string): void {
  const longest = 31 - stage.length;
  if (name.length <= longest) return;
  const expected = `at most ${longest} characters beside this stage's name`;
  throw new SettingsError(`${file}: name: expected ${expected}, got '${name}'`);
}

async function readStage(name: string, folder: string): Promise<string> {
  const known = await stageNames(folder);
  if (known.includes(name)) return readFile(join(folder, `${name}.yaml`), 'utf8');
  throw new SettingsError(
    `STAGE=${name}: expected one of ${known.join(', ')}. To add a stage, copy stages/rehearsal.yaml to stages/<name>.yaml.`,
  );
}

// A stage's name becomes part of bucket and host names, which allow nothing else.
const stageFile = /^([a-z](?:[a-z0-9-]*[a-z0-9])?)\.yaml$/;

/** Returns the names of the stages in a folder, sorted: lower-case letters, digits and hyphens. */
export async function stageNames(folder = import.meta.dirname): Promise<string[]> {
  const files = await readdir(folder);
  return files.flatMap((file) => stageFile.exec(file)?.[1] ?? []).sort();
}

/** Parses a stage's YAML text; errors name it `file`. */
export function parseSettings(text: string, file: string): Settings {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const [broken] = document.errors;
  if (broken) throw new SettingsError(`${file}: expected YAML, got: ${broken.message}`);
  const { data, problems } = check(settingsSchema, contentOf(document, file));
  if (!problems) return data;
  const place = ({ path }: Problem) => [file, lineOf(path, document.contents, lineCounter) ?? []].flat().join(':');
  throw new SettingsError(problems.map((problem) => `${place(problem)}: ${describe(problem)}`).join('\n'));
}

function describe(problem: Problem): string {
  const [text = ''] = describeProblems([problem]);
  const meant = problem.expected === undefined ? meantBy(problem.path) : undefined;
  return meant === undefined ? text : `${text}; did you mean ${meant}?`;
}

function contentOf(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new SettingsError(`${file}: expected YAML, got: ${(error as Error).message}`);
  }
}
