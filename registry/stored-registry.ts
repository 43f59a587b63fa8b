import { UserError } from '../common/errors.ts';
import { listed } from '../common/listed.ts';
import { type Artifact, type ArtifactFiles, artifactBytes } from '../model/artifact/artifact.ts';
import { artifactFiles } from '../model/artifact/checksums.ts';
import { verifyArtifact } from '../model/artifact/read.ts';
import { newestAlias, type Selector } from '../model/model-reference.ts';
import { aliasesAfter, type MoveRecord, moveRecord } from './move-record.ts';
import { NumberedRecords } from './numbered.ts';
import type { Store } from './store.ts';
import { describeVersion, type Registration, type VersionRecord, versionRecord } from './version-record.ts';

/** A move of an alias that somebody has decided. */
export type Move = Pick<MoveRecord, 'alias' | 'version' | 'from' | 'reason'>;

/** What a registry says of a registration. */
export interface Registered {
  record: VersionRecord;
  /** False where this artifact was a version already. */
  isNew: boolean;
}

/**
 * The versions of one model: artifacts that are never changed, and aliases that move. An artifact is stored below its digest before its
 * version is recorded, so that a version is whole; each move of an alias is a record of its own.
 */
export class Registry {
  readonly #store: Store;
  readonly #name: string;
  readonly #versions: NumberedRecords<typeof versionRecord>;
  readonly #moves: NumberedRecords<typeof moveRecord>;

  constructor(store: Store, name: string) {
    this.#store = store;
    this.#name = name;
    this.#versions = new NumberedRecords(store, `${name}/versions/`, versionRecord);
    this.#moves = new NumberedRecords(store, `${name}/moves/`, moveRecord);
  }

  /** Returns all versions, the oldest first. */
  versions(): Promise<VersionRecord[]> {
    return this.#versions.read();
  }

  /** Returns all moves of aliases, the oldest first. */
  moves(): Promise<MoveRecord[]> {
    return this.#moves.read();
  }

  /** Makes an artifact the next version, unless it is one already. */
  async register({ manifest, files }: Artifact, registration: Registration): Promise<Registered> {
    const before = findArtifact(await this.versions(), manifest.version);
    if (before) return { record: before, isNew: false };
    for (const file of artifactFiles) await this.#keep(`${this.#folder(manifest.version)}${file}`, files[file]);
    const bytes = artifactBytes({ files });
    let other: VersionRecord | undefined;
    const record = await this.#versions.append((versions, number) => {
      other = findArtifact(versions, manifest.version);
      return other ? undefined : describeVersion(number, manifest, bytes, registration);
    });
    return record ? { record, isNew: true } : { record: other as VersionRecord, isNew: false };
  }

  /**
   * Moves an alias to a version; undefined where it is there already. `from` is where whoever decided has seen it: where it is elsewhere
   * by now, it does not move.
   */
  async move({ alias, version, from, reason }: Move, now: Date): Promise<MoveRecord | undefined> {
    await this.find({ version });
    return this.#moves.append((moves) => {
      const current = aliasesAfter(moves).get(alias) ?? null;
      if (current === version) return undefined;
      if (current !== from)
        throw new UserError(
          `${alias} has moved meanwhile, to version ${current}: see make models, and promote version ${version} again if it still should`,
        );
      return { format: 1, alias, version, from, at: now.toISOString(), reason };
    });
  }

  /** Finds a version; the error lists what there is. */
  async find(selector: Selector): Promise<VersionRecord> {
    const versions = await this.versions();
    const aliases = 'alias' in selector ? aliasesAfter(await this.moves()) : new Map<string, number>();
    aliases.set(newestAlias, versions.length);
    const number = 'alias' in selector ? aliases.get(selector.alias) : selector.version;
    const found = versions.find(({ version }) => version === number);
    if (found) return found;
    const place = `${this.#store.place}: ${this.#name}`;
    if (versions.length === 0) throw new UserError(`${place} has no versions; register one with: make register`);
    if ('version' in selector)
      throw new UserError(`${place} has no version ${selector.version}; expected 1 to ${versions.length}`);
    throw new UserError(
      `${place} has no alias ${selector.alias}, but ${listed([...aliases.keys()])}; move it with: make promote-model VERSION=${versions.length} TO=${selector.alias}`,
    );
  }

  /** Finds the version that an artifact is. */
  async findArtifact(artifact: string): Promise<VersionRecord> {
    const found = findArtifact(await this.versions(), artifact);
    if (found) return found;
    throw new UserError(
      `${this.#store.place}: ${this.#name} has no version with artifact ${artifact}; register it with: make register`,
    );
  }

  /** Reads the artifact of a version, and checks every byte against its checksum. */
  async artifact({ artifact }: Pick<VersionRecord, 'artifact'>): Promise<Artifact> {
    const folder = this.#folder(artifact);
    const files = await Promise.all(artifactFiles.map(async (file) => [file, await this.#stored(`${folder}${file}`)]));
    const source = `${this.#store.place}/${folder}`;
    const found = verifyArtifact(source, Object.fromEntries(files) as ArtifactFiles);
    if (found.manifest.version === artifact) return found;
    throw new UserError(`${source}: expected artifact ${artifact}, got ${found.manifest.version}`);
  }

  #folder(artifact: string): string {
    return `${this.#name}/artifacts/${artifact}/`;
  }

  async #stored(key: string): Promise<Buffer> {
    const content = await this.#store.read(key);
    if (content) return content;
    throw new UserError(`${this.#store.place}/${key}: it is missing, although a version of the registry is made of it`);
  }

  // A registration that was killed has left some of the files, which are these.
  async #keep(key: string, content: Buffer): Promise<void> {
    if (await this.#store.create(key, content)) return;
    if (content.equals(await this.#stored(key))) return;
    throw new UserError(`${this.#store.place}/${key}: it holds other bytes than this artifact, and is not replaced`);
  }
}

function findArtifact(versions: readonly VersionRecord[], artifact: string): VersionRecord | undefined {
  return versions.find((record) => record.artifact === artifact);
}
