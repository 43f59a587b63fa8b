import type { ReleaseManifest } from '../bootstrap/release.ts';
import { sha256 } from '../common/checksum.ts';
import type { ReleaseEntry } from './files.ts';

/** What a release says of itself: its versions, and the checksum of each of its files. */
export function releaseManifest(
  files: readonly ReleaseEntry[],
  versions: { node: string; model: string },
): ReleaseEntry {
  const checksums = Object.fromEntries(files.map(({ path, content }) => [path, sha256(content)]));
  const manifest: ReleaseManifest = { format: 1, ...versions, files: checksums };
  return { path: 'release.json', content: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) };
}
