import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { sha256 } from '../common/checksum.ts';
import { UserError } from '../common/errors.ts';
import { releasesFolder } from '../common/paths.ts';
import { releaseIdOf } from '../common/release-id.ts';
import type { ArtifactFiles } from '../model/artifact/artifact.ts';
import type { Manifest } from '../model/artifact/manifest.ts';
import { type Classifier, createClassifier } from '../model/artifact/open.ts';
import { parseManifest } from '../model/artifact/parse-manifest.ts';
import { verifyArtifact } from '../model/artifact/read.ts';
import { readArchive } from '../releases/unpack.ts';
import { archiveKey, manifestKey } from '../stacks/release-archive.ts';
import { bucketName } from '../stacks/site.ts';
import { stackName } from '../stacks/stack-name.ts';
import type { Stage } from '../stages/load.ts';
import type { CloudTarget } from './cloud-target.ts';
import { storeClient } from './s3.ts';

/** The model that a stage serves. What cannot be read is a UserError. */
export interface ModelInService {
  /** Reads its manifest, which lies beside its release. */
  manifest: () => Promise<Manifest>;
  /** Opens it, from its release. */
  open: () => Promise<Classifier>;
}

/** Returns the model in service; `release` is its release's SHA-256, `kept` the folder of releases on this machine. */
export function modelInService(
  stage: Stage,
  target: Pick<CloudTarget, 'access' | 'site'>,
  release: string,
  kept = releasesFolder,
): ModelInService {
  return {
    manifest: async () => {
      const key = manifestKey(release);
      return parseManifest(key, await readObject(stage, target, key));
    },
    open: async () => openArchive(await archiveOf(stage, target, release, kept), release),
  };
}

/** Returns a release's archive: the one on this machine, else the one in the bucket. What cannot be read is a UserError. */
export async function archiveOf(
  stage: Stage,
  target: Pick<CloudTarget, 'access' | 'site'>,
  release: string,
  kept = releasesFolder,
): Promise<Buffer> {
  const found = await keptArchive(kept, release);
  if (found) return found;
  const key = archiveKey(release);
  const archive = await readObject(stage, target, key);
  const got = sha256(archive);
  if (got !== release) throw new UserError(`${key}: expected SHA-256 ${release}, got ${got}`);
  return archive;
}

async function keptArchive(folder: string, release: string): Promise<Buffer | undefined> {
  const found = await readFile(join(folder, `${releaseIdOf(release)}.tar.gz`)).catch(() => undefined);
  return found && sha256(found) === release ? found : undefined;
}

async function openArchive(archive: Buffer, release: string): Promise<Classifier> {
  const key = archiveKey(release);
  const files = Object.fromEntries(await readArchive(archive, 'artifact/')) as ArtifactFiles;
  return createClassifier(verifyArtifact(key, files), key);
}

// Of a release from before manifests were kept, or of a rehearsal that has ended.
const missing = new Set(['NoSuchKey', 'NoSuchBucket']);

async function readObject(
  stage: Stage,
  { access, site }: Pick<CloudTarget, 'access' | 'site'>,
  key: string,
): Promise<Buffer> {
  const bucket = bucketName(stackName(stage), site);
  try {
    const { Body } = await storeClient(access).send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  } catch (error) {
    if (missing.has((error as Error).name)) throw new UserError(`s3://${bucket}/${key} does not exist`);
    throw error;
  }
}
