import { createHash } from 'node:crypto';
import type { ReleaseManifest } from '../../bootstrap/release.ts';
import type { ReleaseFile } from './files.ts';

/** SHA-256, in hexadecimal digits. */
export function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** What a release says of itself: its versions, and the checksum of each of its files. */
export function releaseManifest(files: readonly ReleaseFile[], versions: { node: string; model: string }): ReleaseFile {
  const checksums = Object.fromEntries(files.map(({ path, content }) => [path, sha256(content)]));
  const manifest: ReleaseManifest = { format: 1, ...versions, files: checksums };
  return { path: 'release.json', content: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) };
}
