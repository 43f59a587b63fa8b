import { z } from 'zod';
import { UserError } from '../common/errors.ts';
import { parseJson } from '../common/parse-json.ts';
import { check, describeInvalid } from '../common/validation.ts';
import { readArchive } from '../releases/unpack.ts';
import type { Example } from '../releases/wrong-answers.ts';

/** What a release's own description has in each of its formats. */
const described = z.object({ examples: z.array(z.object({ text: z.string(), intent: z.string() })) });

/** Reads the examples that a release must answer from its archive. */
export async function readExamples(archive: Buffer): Promise<Example[]> {
  const description = (await readArchive(archive, 'release.json')).get('');
  const { data, problems } = check(described, parseJson(description?.toString() ?? ''));
  if (data) return data.examples;
  throw new UserError(describeInvalid('The archive of the release has no examples:', problems));
}
