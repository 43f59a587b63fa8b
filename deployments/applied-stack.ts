import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { sha256 } from '../common/checksum.ts';
import { parseJson } from '../common/parse-json.ts';
import { unlessMissing } from '../common/unless-missing.ts';
import { check } from '../common/validation.ts';
import { writeFileWhole } from '../common/write-file.ts';
import { type StateVersion, stateVersionSchema } from './state-outputs.ts';
import type { SynthesizedStack } from './step-changes.ts';

const recordSchema = z.object({
  /** The version of the state that the apply has left. */
  state: stateVersionSchema,
  /** The SHA-256 of the resources that were applied. */
  resources: z.string(),
});

/**
 * A file that names the stack that was applied last. While the state is the one which that apply has left, another synthesis
 * can be compared with the stack instead of planned, which takes Terraform seconds.
 */
export class AppliedStack {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Records a stack whose apply has succeeded, and the state after it. */
  async record(stack: SynthesizedStack, state: StateVersion): Promise<void> {
    await writeFileWhole(this.#path, `${JSON.stringify({ state, resources: resourcesDigest(stack) })}\n`);
  }

  /** Tells whether this stack was applied last, and the state has not changed since. */
  async is(stack: SynthesizedStack, state: StateVersion): Promise<boolean> {
    const text = await readFile(this.#path, 'utf8').catch(unlessMissing);
    const { data } = check(recordSchema, text === undefined ? undefined : parseJson(text));
    return data !== undefined && data.resources === resourcesDigest(stack) && isDeepStrictEqual(data.state, state);
  }
}

// An archive has another path in another command, which the stack ignores.
function resourcesDigest({ resource = {} }: SynthesizedStack): string {
  const { aws_s3_object: objects = {}, ...others } = resource;
  const withoutPaths = Object.entries(objects).map(([name, object]) => [name, { ...object, source: undefined }]);
  return sha256(JSON.stringify([withoutPaths, others]));
}
