/** A release's id: the first 16 digits of its archive's SHA-256. */
export function releaseIdOf(sha256: string): string {
  return sha256.slice(0, 16);
}

/** The id of the release that a user-data script fetches: the script holds the archive's address. */
export function releaseIdIn(userData: string): string | undefined {
  return /releases\/([0-9a-f]{16})\b/.exec(userData)?.[1];
}
