import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { UserError } from './errors.ts';

/** Reads a YAML file; an error names the file, and the place where it is no YAML. */
export async function readYaml(path: string): Promise<unknown> {
  const content = await readFile(path, 'utf8').catch((cause: Error) => {
    throw new UserError(`${path}: cannot be read: ${cause.message}`, { cause });
  });
  try {
    return parse(content);
  } catch (cause) {
    throw new UserError(`${path}: expected YAML, got: ${(cause as Error).message}`, { cause });
  }
}
