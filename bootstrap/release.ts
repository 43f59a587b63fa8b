import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { check, describeProblems } from '../common/validation.ts';

/** What a release says of itself, in release.json at its root. */
export const releaseManifestSchema = z.strictObject({
  format: z.literal(1),
  /** Version of the runtime in bin/node. */
  node: z.string(),
  /** Version of the model in artifact/. */
  model: z.string(),
  /** SHA-256 of each file but this one, by its path. */
  files: z.record(
    z.string().regex(/^[\w@.][\w@./-]*$/, 'a relative path'),
    z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits'),
  ),
});

export type ReleaseManifest = z.infer<typeof releaseManifestSchema>;

/** A release that was unpacked on a machine. */
export interface ReleaseOnDisk {
  /** The first 16 digits of its checksum, by which its folder is named. */
  id: string;
  folder: string;
  manifest: ReleaseManifest;
}

/** Reads what the release in a folder says of itself. */
export async function openRelease(folder: string): Promise<ReleaseOnDisk> {
  const path = join(folder, 'release.json');
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`${path}: expected the manifest of a release, found no file. Is ${folder} an unpacked release?`);
  });
  return { id: basename(folder), folder, manifest: parseManifest(path, text) };
}

function parseManifest(path: string, text: string): ReleaseManifest {
  const { data, problems } = check(releaseManifestSchema, parseJson(path, text));
  if (!problems) return data;
  throw new Error([`${path}: not a release's manifest:`, ...describeProblems(problems)].join('\n  '));
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path}: expected JSON, ${(error as Error).message}`);
  }
}
