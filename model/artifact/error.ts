/** Why an artifact can't be opened or written: names the file, and says what to do. */
export class ArtifactError extends Error {
  override name = 'ArtifactError';
}
