import { UserError } from '../common/errors.ts';
import { type Artifact, artifactBytes } from '../model/artifact/artifact.ts';
import { artifactFiles } from '../model/artifact/checksums.ts';
import type { Selector } from '../model/model-reference.ts';
import { findArtifact, findIn, isToMove, versionOf } from './find.ts';
import type { History, ModelRegistry, Move, Registered } from './model-registry.ts';
import { aliasesAfter, type MoveRecord, moveRecord } from './move-record.ts';
import { NumberedRecords } from './numbered.ts';
import { readStored } from './read-stored.ts';
import type { Store } from './store.ts';
import { describeVersion, type Registration, type VersionRecord, versionRecord } from './version-record.ts';

/**
 * The versions of one model: artifacts that are never changed, and aliases that move. An artifact is stored below its digest before its
 * version is recorded, so that a version is whole; each move of an alias is a record of its own.
 */
export class StoredRegistry implements ModelRegistry {
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

  versions(): Promise<VersionRecord[]> {
    return this.#versions.read();
  }

  async history(): Promise<History> {
    const moves = await this.#moves.read();
    return { moves, aliases: aliasesAfter(moves) };
  }

  async register({ manifest, files }: Artifact, registration: Registration): Promise<Registered> {
    const before = versionOf(await this.versions(), manifest.version);
    if (before) return { record: before, isNew: false };
    for (const file of artifactFiles) await this.#keep(`${this.#folder(manifest.version)}${file}`, files[file]);
    const bytes = artifactBytes({ files });
    let other: VersionRecord | undefined;
    const record = await this.#versions.append((versions, number) => {
      other = versionOf(versions, manifest.version);
      return other ? undefined : describeVersion(number, manifest, bytes, registration);
    });
    return record ? { record, isNew: true } : { record: other as VersionRecord, isNew: false };
  }

  async move(move: Move, now: Date): Promise<MoveRecord | undefined> {
    const { alias, version, from, reason } = move;
    await this.find({ version });
    return this.#moves.append((moves) =>
      isToMove(move, aliasesAfter(moves))
        ? { format: 1, alias, version, from, at: now.toISOString(), reason }
        : undefined,
    );
  }

  find(selector: Selector): Promise<VersionRecord> {
    return findIn(this, this.#title, selector);
  }

  async findArtifact(artifact: string): Promise<VersionRecord> {
    return findArtifact({ title: this.#title, versions: await this.versions() }, artifact);
  }

  async artifact({ artifact }: Pick<VersionRecord, 'artifact'>): Promise<Artifact> {
    const folder = this.#folder(artifact);
    return readStored(`${this.#store.place}/${folder}`, artifact, (file) => this.#stored(`${folder}${file}`));
  }

  get #title(): string {
    return `${this.#store.place}: ${this.#name}`;
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
