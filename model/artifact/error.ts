import { UserError } from '../../common/errors.ts';

/** An artifact cannot be opened or written; the message names the file and what to do. */
export class ArtifactError extends UserError {
  override readonly name = 'ArtifactError';
}
