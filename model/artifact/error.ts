import { UserError } from '../../common/errors.ts';

/** An artifact cannot be opened or written; the message names the file and what to do. */
export class ArtifactError extends UserError {
  override readonly name = 'ArtifactError';
}

/** Returns the result of `parse`, or throws an ArtifactError with the message for its reason. */
export function orRefuse<Value>(parse: () => Value, messageFor: (reason: string) => string): Value {
  try {
    return parse();
  } catch (error) {
    throw new ArtifactError(messageFor((error as Error).message), { cause: error });
  }
}
