import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { sha256 } from '../../common/checksum.ts';
import { check, describeProblems } from '../../common/validation.ts';
import type { Classifier } from '../classifier.ts';
import { createClassifier } from '../scoring/create-classifier.ts';
import { CHECKSUMS_FILE, MANIFEST_FILE, parseChecksums, WEIGHTS_FILE } from './checksums.ts';
import { ArtifactError } from './error.ts';
import { unpackTensors } from './layout.ts';
import { FORMAT, type Manifest, manifestSchema } from './manifest.ts';
import { weightsFrom } from './tensors.ts';

/** Opens an artifact: every byte is checked against its checksum before anything is believed. */
export async function openArtifact(folder: string): Promise<Classifier> {
  const sums = parseSums(folder, (await readPart(folder, CHECKSUMS_FILE)).toString('utf8'));
  const manifest = parseManifest(folder, await readChecked(folder, MANIFEST_FILE, sums));
  const bytes = await readChecked(folder, WEIGHTS_FILE, sums);
  try {
    const tensors = unpackTensors(manifest.weights.tensors, bytes);
    return createClassifier(manifest, weightsFrom(manifest, tensors));
  } catch (error) {
    throw new ArtifactError(`${join(folder, WEIGHTS_FILE)}: ${(error as Error).message}; train again`, {
      cause: error,
    });
  }
}

/** Reads an artifact's manifest alone, such as to compare its metrics. */
export async function readManifest(folder: string): Promise<Manifest> {
  const sums = parseSums(folder, (await readPart(folder, CHECKSUMS_FILE)).toString('utf8'));
  return parseManifest(folder, await readChecked(folder, MANIFEST_FILE, sums));
}

async function readPart(folder: string, file: string): Promise<Buffer> {
  try {
    const content = await readFile(join(folder, file));
    // Arrays are viewed in place, which needs an aligned start: small files come from a shared pool.
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
    `${join(folder, file)}: expected SHA-256 ${expected ?? `in ${CHECKSUMS_FILE}`}, got ${got}: ` +
      'it was altered or cut short; copy it again or train again',
  );
}

function parseSums(folder: string, text: string): Map<string, string> {
  try {
    return parseChecksums(text);
  } catch (error) {
    throw new ArtifactError(`${join(folder, (error as Error).message)}; copy it again or train again`, {
      cause: error,
    });
  }
}

function parseManifest(folder: string, content: Buffer): Manifest {
  const path = join(folder, MANIFEST_FILE);
  const value = parseJson(path, content.toString('utf8'));
  const format = z.looseObject({ format: z.number() }).safeParse(value);
  if (format.success && format.data.format > FORMAT) {
    throw new ArtifactError(
      `${path}: has format ${format.data.format}, and this version reads up to ${FORMAT}; update the service or train again`,
    );
  }
  const { data, problems } = check(manifestSchema, value);
  if (!problems) return data;
  throw new ArtifactError(
    [`${path}: not an artifact's manifest; train again:`, ...describeProblems(problems)].join('\n  '),
  );
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ArtifactError(`${path}: not JSON (${(error as Error).message}); train again`, { cause: error });
  }
}
