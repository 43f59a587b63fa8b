/** A release's id: the first 16 digits of its archive's SHA-256. */
export function releaseIdOf(sha256: string): string {
  return sha256.slice(0, 16);
}
