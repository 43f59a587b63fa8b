import { UserError } from '../../common/errors.ts';

/** Token vectors cannot be fetched or read; the message names the file, what was expected and what came. */
export class VectorError extends UserError {
  override readonly name = 'VectorError';
}
