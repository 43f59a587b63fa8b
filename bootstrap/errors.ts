/** What a machine was to be told is wrong: a sentence for the one who wrote the settings. */
export class VariablesError extends Error {
  override readonly name = 'VariablesError';
}
