import { UserError } from '../common/errors.ts';

/** Invalid machine variables or release address: the message names each wrong place. */
export class VariablesError extends UserError {
  override readonly name = 'VariablesError';
}
