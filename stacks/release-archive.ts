import { releaseIdOf } from '../common/release-id.ts';
/** A packed release: all that the stack knows of it. */
export interface ReleaseArchive {
  /** The archive on this machine, absolute. */
  path: string;
  /** Of the whole archive, 64 hexadecimal digits. */
  sha256: string;
  /** Where it goes in the bucket. */
  key: string;
  /** What is known of its model, a file of JSON on this machine: goes beside it, for those who compare. */
  manifest: { path: string; key: string };
}

/** The release in the archive at `path`, which goes into the bucket under its checksum. */
export function releaseArchive(path: string, sha256: string, manifest: string): ReleaseArchive {
  return {
    path,
    sha256,
    key: `releases/${releaseIdOf(sha256)}.tar.gz`,
    manifest: { path: manifest, key: manifestKey(sha256) },
  };
}

/** Where the manifest of the model of a release is in the bucket. */
export function manifestKey(sha256: string): string {
  return `releases/${releaseIdOf(sha256)}.manifest.json`;
}
