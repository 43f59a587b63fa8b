import { z } from 'zod';

const name = '[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?';

/** A model's name, and an alias's. */
export const modelName = z
  .string()
  .regex(new RegExp(`^${name}$`), 'at most 63 lower-case letters, digits and hyphens, a letter first');

/** The alias that the newest version has always, and that nobody moves. */
export const newestAlias = 'latest';

/** Tells whether people may move an alias of this name. MLflow has none like `v2`, which it takes for a version. */
export function isMovable(alias: string): boolean {
  return modelName.safeParse(alias).success && alias !== newestAlias && !/^v\d+$/.test(alias);
}

const referencePattern = new RegExp(`^(${name})(?:@(${name})|:([1-9][0-9]*))$`);

/** A version of a model, as a stage names it: by an alias, which may move, or by its number. */
export const modelReference = z
  .string()
  .regex(referencePattern, 'a model and an alias, such as intents@production, or a version, such as intents:3');

/** The name of a model in the registry, where settings say none. */
const defaultName = 'intents';

/** Returns the name of the stage's model in the registry. */
export function registryName({ name, registry }: { name?: string | undefined; registry?: string | undefined }): string {
  return registry === undefined ? (name ?? defaultName) : parseReference(registry).name;
}

/** Which version of a model. */
export type Selector = { alias: string } | { version: number };

export interface ModelReference {
  name: string;
  selector: Selector;
}

/** Reads a reference that the schema accepts. */
export function parseReference(text: string): ModelReference {
  const [, found = '', alias, version] = referencePattern.exec(text) ?? [];
  return { name: found, selector: alias === undefined ? { version: Number(version) } : { alias } };
}

/** Reads a version's number or an alias; undefined where it is neither. */
export function parseSelector(text: string): Selector | undefined {
  if (/^[1-9][0-9]*$/.test(text)) return { version: Number(text) };
  return modelName.safeParse(text).success ? { alias: text } : undefined;
}
