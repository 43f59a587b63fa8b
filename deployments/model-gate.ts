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

/** Refuses a model that is too bad, or too much worse than the one in service, and says by how much. */
export function assertGood(candidate: Manifest, stage: Stage, inService: Manifest | undefined): void {
  const refusals = refusalsOf(candidate, stage.settings.model.gate, inService);
  if (refusals.length === 0) return;
  throw new UserError(['This model is not good enough to be released:', ...refusals].join('\n'));
}

// Of a release from before manifests were kept, or of a rehearsal whose cloud has ended.
const absent = new Set(['NoSuchKey', 'NoSuchBucket']);

/** The manifest of the model that serves now: it lies beside its release. `release` is that release's checksum. */
export async function manifestInService(
  stage: Stage,
  target: CloudTarget,
  release: string,
): Promise<Manifest | undefined> {
  const { access, site } = target;
  // The emulator finds a bucket by the path of an address, not by its host.
  const client = new S3Client({ ...clientConfiguration(access), forcePathStyle: access.endpoint !== undefined });
  const place = { Bucket: bucketName(stackName(stage), site), Key: manifestKey(release) };
  try {
    const { Body } = await client.send(new GetObjectCommand(place));
    return Body && (JSON.parse(await Body.transformToString()) as Manifest);
  } catch (error) {
    if (absent.has((error as Error).name)) return undefined;
    throw error;
  }
}
