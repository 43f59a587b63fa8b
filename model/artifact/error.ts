import { UserError } from '../../common/errors.ts';

/** Why an artifact can't be opened or written: names the file, and says what to do. */
export class ArtifactError extends UserError {
  override readonly name = 'ArtifactError';
}
