import { UserError } from '../common/errors.ts';
import type { Artifact, ArtifactFiles } from '../model/artifact/artifact.ts';
import { type ArtifactFile, artifactFiles } from '../model/artifact/checksums.ts';
import { verifyArtifact } from '../model/artifact/read.ts';

/** Reads the files of an artifact that a registry keeps, and checks every byte; `source` names them in errors. */
export async function readStored(
  source: string,
  artifact: string,
  read: (file: ArtifactFile) => Promise<Buffer>,
): Promise<Artifact> {
  const files = await Promise.all(artifactFiles.map(async (file) => [file, await read(file)]));
  const found = verifyArtifact(source, Object.fromEntries(files) as ArtifactFiles);
  if (found.manifest.version === artifact) return found;
  throw new UserError(`${source}: expected artifact ${artifact}, got ${found.manifest.version}`);
}
