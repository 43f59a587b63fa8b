import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { UserError } from '../common/errors.ts';
import type { Manifest } from '../model/artifact/manifest.ts';
import { refusalsOf } from '../model/gate.ts';
import { manifestKey } from '../stacks/release-archive.ts';
import { bucketName } from '../stacks/site.ts';
import { stackName } from '../stacks/synthesize.ts';
import type { Stage } from '../stages/load.ts';
import { clientConfiguration } from './access.ts';
import type { CloudTarget } from './cloud-target.ts';

/** Refuses a model below the stage's limits, or one that is too much worse than the model in service. */
export function assertGood(candidate: Manifest, stage: Stage, inService: Manifest | undefined): void {
  const refusals = refusalsOf(candidate, stage.settings.model.gate, inService);
  if (refusals.length === 0) return;
  throw new UserError(['This model is not good enough to be released:', ...refusals].join('\n'));
}

// Of a release from before manifests were kept, or of a rehearsal that has ended.
const missing = new Set(['NoSuchKey', 'NoSuchBucket']);

/** Reads the manifest of the model in service, which lies beside its release; `release` is the release's SHA-256. */
export async function manifestInService(
  stage: Stage,
  target: CloudTarget,
  release: string,
): Promise<Manifest | undefined> {
  const { access, site } = target;
  // The emulator finds a bucket by the path of a URL, not by its host.
  const client = new S3Client({ ...clientConfiguration(access), forcePathStyle: access.endpoint !== undefined });
  const object = { Bucket: bucketName(stackName(stage), site), Key: manifestKey(release) };
  try {
    const { Body } = await client.send(new GetObjectCommand(object));
    return Body && (JSON.parse(await Body.transformToString()) as Manifest);
  } catch (error) {
    if (missing.has((error as Error).name)) return undefined;
    throw error;
  }
}
