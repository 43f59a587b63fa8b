import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { UserError } from '../common/errors.ts';
import { parseJson } from '../common/parse-json.ts';
import { stateFile } from '../common/paths.ts';
import { unlessMissing } from '../common/unless-missing.ts';
import { check } from '../common/validation.ts';
import { stackName } from '../stacks/stack-name.ts';
import type { Stage } from '../stages/load.ts';
import { stateClient } from './s3.ts';

/** A state that is empty or incomplete, as a Terraform leaves it that is killed while it writes. */
export class TornStateError extends UserError {
  override readonly name = 'TornStateError';
}

const instance = z.object({ attributes: z.record(z.string(), z.unknown()) });

const resource = z.object({
  mode: z.string(),
  type: z.string(),
  name: z.string(),
  instances: z.array(instance).default([]),
});

const stateSchema = z.object({
  outputs: z.record(z.string(), z.object({ value: z.unknown() })),
  resources: z.array(resource).default([]),
});

// As it is before the first apply, and after all was destroyed.
const emptyStateSchema = z.object({ outputs: z.strictObject({}).optional(), resources: z.tuple([]) });

/** Reads the outputs in a stage's Terraform state, without Terraform; undefined where nothing is deployed. */
export async function readStateOutputs(stage: Stage): Promise<Record<string, unknown> | undefined> {
  const { place, text } = await readState(stage);
  if (text === undefined) return undefined;
  // After an import, those are null whose resources do not exist yet.
  const outputs = Object.entries(parseState(text, place).outputs).filter(([, { value }]) => value !== null);
  return outputs.length === 0 ? undefined : Object.fromEntries(outputs.map(([name, { value }]) => [name, value]));
}

/** Reads the attributes of the resources in a stage's Terraform state by their addresses, without Terraform. */
export async function readStateResources(stage: Stage): Promise<Record<string, Record<string, unknown>>> {
  const { place, text } = await readState(stage);
  const resources = text === undefined ? [] : parseState(text, place).resources;
  const managed = resources.filter(({ mode }) => mode === 'managed');
  return Object.fromEntries(
    managed.map(({ type, name, instances }) => [`${type}.${name}`, instances[0]?.attributes ?? {}]),
  );
}

/** Which of its versions a Terraform state is: each change raises the serial, and another state has another lineage. */
export const stateVersionSchema = z.object({ lineage: z.string(), serial: z.number() });

export type StateVersion = z.infer<typeof stateVersionSchema>;

/** Reads the version of a stage's Terraform state; undefined where nothing is deployed. */
export async function readStateVersion(stage: Stage): Promise<StateVersion | undefined> {
  const { text } = await readState(stage);
  return text === undefined ? undefined : check(stateVersionSchema, parseJson(text)).data;
}

interface StateText {
  place: string;
  /** Undefined where there is no state. */
  text: string | undefined;
}

async function readState(stage: Stage): Promise<StateText> {
  const { state } = stage.settings;
  if (state.backend === 'local') {
    const file = stateFile(stage.name);
    return { place: relative(process.cwd(), file), text: await readLocal(file) };
  }
  const key = `${stackName(stage)}.tfstate`;
  return { place: `s3://${state.bucket}/${key}`, text: await readObject(state, key) };
}

// Terraform makes the file when it locks it, and a first apply that is interrupted before its first resource leaves it empty.
// A state that once was written has a backup; that of a state in which nothing was is as good as none.
async function readLocal(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(unlessMissing);
  if (text !== '') return text;
  const backup = await readFile(`${file}.backup`, 'utf8').catch(unlessMissing);
  const hadNone = backup === undefined || emptyStateSchema.safeParse(parseJson(backup)).success;
  return hadNone ? undefined : text;
}

async function readObject({ bucket, region }: { bucket: string; region: string }, key: string) {
  try {
    const { Body } = await stateClient(region).send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return await Body?.transformToString();
  } catch (error) {
    if ((error as Error).name === 'NoSuchKey') return undefined;
    throw new UserError(`s3://${bucket}/${key}: expected the Terraform state, got: ${(error as Error).message}`);
  }
}

/** Tells whether a text is a whole Terraform state. */
export function isState(text: string): boolean {
  return stateSchema.safeParse(parseJson(text)).success;
}

function parseState(text: string, place: string): z.infer<typeof stateSchema> {
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch {
    throw new TornStateError(
      `${place}: expected a Terraform state, got ${text === '' ? 'an empty file' : 'an incomplete file'}. ` +
        'Put its last version in its place: beside a local state as .backup, in a versioned bucket as its version before.',
    );
  }
}
