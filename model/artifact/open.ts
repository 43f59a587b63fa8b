import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../../common/checksum.ts';
import { check, describeInvalid } from '../../common/validation.ts';
import type { Predictor } from '../prediction.ts';
import { createPredictor } from '../scoring/predictor.ts';
import { checksumsFile, manifestFile, parseChecksums, weightsFile } from './checksums.ts';
import { ArtifactError } from './error.ts';
import { unpackTensors } from './layout.ts';
import { artifactFormat, type Manifest, manifestSchema } from './manifest.ts';
import { weightsFrom } from './tensors.ts';

/** An opened artifact. */
export interface Classifier extends Predictor {
  readonly manifest: Manifest;
}

/** Opens an artifact, after checking every byte against its checksum. */
export async function openArtifact(folder: string): Promise<Classifier> {
  const sums = await readSums(folder);
  const manifest = parseManifest(folder, await readChecked(folder, manifestFile, sums));
  const bytes = await readChecked(folder, weightsFile, sums);
  const weights = orRefuse(
    () => weightsFrom(manifest, unpackTensors(manifest.weights.tensors, bytes)),
    (reason) => `${join(folder, weightsFile)}: ${reason}; train again`,
  );
  return { manifest, ...createPredictor({ configuration: manifest, weights }) };
}

/** Reads the manifest of an artifact, and checks it against its checksum. */
export async function readManifest(folder: string): Promise<Manifest> {
  return parseManifest(folder, await readChecked(folder, manifestFile, await readSums(folder)));
}

async function readPart(folder: string, file: string): Promise<Buffer> {
  try {
    const content = await readFile(join(folder, file));
    // Views of the arrays need an aligned start, which a small file in Node's shared pool does not have.
    return content.byteOffset === 0 ? content : Buffer.from(new Uint8Array(content).buffer);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ArtifactError(`${join(folder, file)}: cannot be read (${code}); is this an artifact? Train one.`, {
      cause: error,
    });
  }
}

async function readChecked(folder: string, file: string, sums: ReadonlyMap<string, string>): Promise<Buffer> {
  const content = await readPart(folder, file);
  const expected = sums.get(file);
  const got = sha256(content);
  if (got === expected) return content;
  throw new ArtifactError(
    `${join(folder, file)}: expected SHA-256 ${expected ?? `in ${checksumsFile}`}, got ${got}: ` +
      'it was altered or cut short; copy it again or train again',
  );
}

async function readSums(folder: string): Promise<Map<string, string>> {
  const content = await readPart(folder, checksumsFile);
  return orRefuse(
    () => parseChecksums(content.toString('utf8')),
    (reason) => `${join(folder, reason)}; copy it again or train again`,
  );
}

function parseManifest(folder: string, content: Buffer): Manifest {
  const path = join(folder, manifestFile);
  const value: unknown = orRefuse(
    () => JSON.parse(content.toString('utf8')),
    (reason) => `${path}: not JSON (${reason}); train again`,
  );
  const format = z.looseObject({ format: z.number() }).safeParse(value);
  if (format.success && format.data.format > artifactFormat) {
    throw new ArtifactError(
      `${path}: has format ${format.data.format}, and this version reads up to ${artifactFormat}; update the service or train again`,
    );
  }
  const { data, problems } = check(manifestSchema, value);
  if (!problems) return data;
  throw new ArtifactError(describeInvalid(`${path}: not an artifact's manifest; train again:`, problems));
}

function orRefuse<Value>(parse: () => Value, messageFor: (reason: string) => string): Value {
  try {
    return parse();
  } catch (error) {
    throw new ArtifactError(messageFor((error as Error).message), { cause: error });
  }
}
