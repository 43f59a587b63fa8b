/** A packed release: all that the stack knows of it. */
export interface ReleaseFile {
  /** The archive on this machine, absolute. */
  path: string;
  /** Of the whole archive, 64 hexadecimal digits. */
  sha256: string;
  /** Where it goes in the bucket. */
  key: string;
}

/** The release in the archive at `path`, which goes into the bucket under its checksum. */
export function releaseFile(path: string, sha256: string): ReleaseFile {
  return { path, sha256, key: `releases/${sha256.slice(0, 16)}.tar.gz` };
}
