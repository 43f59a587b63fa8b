/** The input of a call: texts, lists and structures, and what else JSON has. */
export type Input = Record<string, unknown>;

/** Returns a text of an input; empty if it is not there. */
export function textAt(input: Input, name: string): string {
  return textsOf(input[name])[0] ?? '';
}

/** Returns the texts of a scalar or of a list of scalars. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).filter((item) => typeof item === 'string');
}

/** Returns all texts, at any depth. */
export function allTextsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(allTextsOf) : [];
}

/** Returns the value at a path such as `LaunchTemplate.Version`. */
export function valueAt(input: Input, path: string): unknown {
  return path.split('.').reduce<unknown>((node, name) => (node as Input | undefined)?.[name], input);
}

/** Returns the structures of a list. */
export function structuresOf(list: unknown): Input[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === 'object') : [];
}
