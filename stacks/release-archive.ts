import { releaseIdOf } from '../common/release-id.ts';

/** A packed release, as far as the stack knows it. */
export interface ReleaseArchive {
  /** The path of the archive on this machine, absolute. */
  path: string;
  /** The archive's SHA-256, 64 hexadecimal digits. */
  sha256: string;
  /** Its key in the bucket. */
  key: string;
  /** The manifest of its model, a JSON file on this machine, stored beside it to compare models by. */
  manifest: { path: string; key: string };
}

/** A packed archive of the monitoring machine, as far as the stack knows it. */
export type MonitoringArchive = Omit<ReleaseArchive, 'manifest'>;

/** The path of an archive that was uploaded earlier: nothing reads it. */
export const uploaded = '/uploaded';

/** Returns the archive of the monitoring machine at `path`. */
export function monitoringArchive(path: string, sha256: string): MonitoringArchive {
  return { path, sha256, key: archiveKey(sha256) };
}

/** Returns the release in the archive at `path`; its id, from the checksum, is its key in the bucket. */
export function releaseArchive(path: string, sha256: string, manifest: string): ReleaseArchive {
  return {
    path,
    sha256,
    key: archiveKey(sha256),
    manifest: { path: manifest, key: manifestKey(sha256) },
  };
}

/** Returns the bucket's key of a release's archive. */
export function archiveKey(sha256: string): string {
  return `releases/${releaseIdOf(sha256)}.tar.gz`;
}

/** Returns the bucket's key of the manifest of a release's model. */
export function manifestKey(sha256: string): string {
  return `releases/${releaseIdOf(sha256)}.manifest.json`;
}
