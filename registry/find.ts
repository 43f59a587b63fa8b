import { UserError } from '../common/errors.ts';
import { listed } from '../common/listed.ts';
import { newestAlias, type Selector } from '../model/model-reference.ts';
import type { ModelRegistry, Move } from './model-registry.ts';
import type { VersionRecord } from './version-record.ts';

/** What a registry holds of a model. */
export interface Holdings {
  /** What people call the place and the model in it, such as `models: intents`. */
  title: string;
  /** The oldest first; numbers may be missing. */
  versions: readonly VersionRecord[];
  aliases: ReadonlyMap<string, number>;
}

/** Finds a version in a registry, of whose aliases only an alias needs to know. */
export async function findIn(
  registry: Pick<ModelRegistry, 'versions' | 'history'>,
  title: string,
  selector: Selector,
): Promise<VersionRecord> {
  const versions = await registry.versions();
  const aliases = 'alias' in selector ? (await registry.history()).aliases : new Map<string, number>();
  return findVersion({ title, versions, aliases }, selector);
}

/** Finds a version; the error lists what there is. */
export function findVersion({ title, versions, aliases }: Holdings, selector: Selector): VersionRecord {
  const newest = versions.at(-1);
  if (!newest) throw new UserError(`${title} has no versions; register one with: make register`);
  const all = new Map([...aliases, [newestAlias, newest.version]]);
  const number = 'alias' in selector ? all.get(selector.alias) : selector.version;
  const found = versions.find(({ version }) => version === number);
  if (found) return found;
  if ('version' in selector)
    throw new UserError(`${title} has no version ${selector.version}; expected ${numbersOf(versions)}`);
  const { alias } = selector;
  if (number !== undefined)
    throw new UserError(
      `${title}: ${alias} is version ${number}, which was not made by make register; expected ${numbersOf(versions)}`,
    );
  throw new UserError(
    `${title} has no alias ${alias}, but ${listed([...all.keys()])}; move it with: make promote-model VERSION=${newest.version} TO=${alias}`,
  );
}

/** Finds the version that an artifact is. */
export function findArtifact({ title, versions }: Omit<Holdings, 'aliases'>, artifact: string): VersionRecord {
  const found = versionOf(versions, artifact);
  if (found) return found;
  throw new UserError(`${title} has no version with artifact ${artifact}; register it with: make register`);
}

/** Returns the version that an artifact is; undefined where it is none. */
export function versionOf<Version extends { artifact: string }>(
  versions: readonly Version[],
  artifact: string,
): Version | undefined {
  return versions.find((version) => version.artifact === artifact);
}

/** Tells whether an alias is to move from where it is, and throws where somebody else has moved it. */
export function isToMove({ alias, version, from }: Move, aliases: ReadonlyMap<string, number>): boolean {
  const current = aliases.get(alias) ?? null;
  if (current === version) return false;
  if (current === from) return true;
  throw new UserError(
    `${alias} has moved meanwhile, to ${current === null ? 'no version' : `version ${current}`}: see make models, and promote version ${version} again if it still should`,
  );
}

function numbersOf(versions: readonly VersionRecord[]): string {
  const numbers = versions.map(({ version }) => version);
  const last = numbers.at(-1);
  return last === numbers.length ? `1 to ${last}` : listed(numbers.map(String));
}
