import { z } from 'zod';
import { parseJson } from '../common/parse-json.ts';
import { parseChecked } from '../common/validation.ts';
import { readArchive } from '../releases/unpack.ts';
import type { Example } from '../releases/wrong-answers.ts';

/** What a release's own description has in each of its formats. */
const described = z.object({ examples: z.array(z.object({ text: z.string(), intent: z.string() })) });

/** Reads the examples that a release must answer from its archive; undefined where it is of a version that had none. */
export async function readExamples(archive: Buffer): Promise<Example[] | undefined> {
  const description = (await readArchive(archive, 'release.json')).get('');
  const value = parseJson(description?.toString() ?? '');
  if (isObject(value) && value.examples === undefined) return undefined;
  return parseChecked(described, value, 'The archive of the release is damaged:').examples;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
