import { UserError } from '../../common/errors.ts';
import { artifactPath } from '../../mlflow/artifacts.ts';
import type { MlflowClient } from '../../mlflow/client.ts';
import { deleteRun, endRun, type MlflowRun } from '../../mlflow/runs.ts';
import { type Artifact, artifactBytes } from '../../model/artifact/artifact.ts';
import type { Selector } from '../../model/model-reference.ts';
import { findArtifact, findIn, isToMove, versionOf } from '../find.ts';
import type { History, ModelRegistry, Move, Registered } from '../model-registry.ts';
import type { MoveRecord } from '../move-record.ts';
import { readStored } from '../read-stored.ts';
import { describeVersion, type Registration, type VersionRecord } from '../version-record.ts';
import { storeArtifact } from './artifact-run.ts';
import { ensureModel, moveAlias, readHistory } from './model.ts';
import { createVersion, deleteVersion, type MlflowVersion, readVersions } from './versions.ts';

/**
 * A model in the registry of an MLflow server. Its numbers and its aliases count; what else this project knows of versions and moves is
 * in tags.
 */
export class MlflowRegistry implements ModelRegistry {
  readonly #client: MlflowClient;
  readonly #name: string;

  constructor(client: MlflowClient, name: string) {
    this.#client = client;
    this.#name = name;
  }

  async versions(): Promise<VersionRecord[]> {
    return (await this.#firstVersions()).map(({ record }) => record);
  }

  history(): Promise<History> {
    return readHistory(this.#client, this.#name);
  }

  async register(artifact: Artifact, registration: Registration): Promise<Registered> {
    const before = versionOf(await this.versions(), artifact.manifest.version);
    if (before) return { record: before, isNew: false };
    await ensureModel(this.#client, this.#name);
    // Its number is not known yet.
    const record = describeVersion(0, artifact.manifest, artifactBytes(artifact), registration);
    const run = await storeArtifact(this.#client, this.#name, artifact, record);
    await createVersion(this.#client, this.#name, run, record);
    return this.#settle(run, record);
  }

  async move(move: Move, now: Date): Promise<MoveRecord | undefined> {
    const { alias, version, from, reason } = move;
    await this.find({ version });
    if (!isToMove(move, (await this.history()).aliases)) return undefined;
    const record: MoveRecord = { format: 1, alias, version, from, at: now.toISOString(), reason };
    await moveAlias(this.#client, this.#name, record);
    return record;
  }

  find(selector: Selector): Promise<VersionRecord> {
    return findIn(this, this.#title, selector);
  }

  async findArtifact(artifact: string): Promise<VersionRecord> {
    return findArtifact({ title: this.#title, versions: await this.versions() }, artifact);
  }

  async artifact({ artifact }: Pick<VersionRecord, 'artifact'>): Promise<Artifact> {
    const versions = await this.#firstVersions();
    const record = findArtifact({ title: this.#title, versions: versions.map((one) => one.record) }, artifact);
    const source = versions.find((one) => one.record === record)?.source ?? '';
    return readStored(source, artifact, async (file) => {
      const content = await this.#client.getFile(`${artifactPath(this.#client, source)}/${file}`);
      if (content) return content;
      throw new UserError(
        `${this.#client.address}: ${source}/${file}: it is missing, although version ${record.version} of ${this.#name} is made of it`,
      );
    });
  }

  get #title(): string {
    return `${this.#client.address}: ${this.#name}`;
  }

  // Of two registrations of the same artifact at once, the version with the lower number counts, whatever becomes of the other one.
  async #firstVersions(): Promise<MlflowVersion[]> {
    const versions = await readVersions(this.#client, this.#name);
    return versions.filter((version) => firstOf(versions, version.record) === version);
  }

  /** Keeps the first version of an artifact, and removes those after it that this registration has made. */
  async #settle({ run_id }: MlflowRun, record: VersionRecord): Promise<Registered> {
    const versions = await readVersions(this.#client, this.#name);
    const first = firstOf(versions, record);
    if (!first) throw new UserError(`${this.#title}: the version that was made of ${record.artifact} is gone`);
    const isOurs = first.run === run_id;
    for (const version of versions.filter(({ run }) => run === run_id))
      if (version !== first) await deleteVersion(this.#client, this.#name, version);
    if (isOurs) await endRun(this.#client, run_id, 'FINISHED', Date.parse(record.registeredAt));
    else await deleteRun(this.#client, run_id);
    return { record: first.record, isNew: isOurs };
  }
}

function firstOf(versions: readonly MlflowVersion[], { artifact }: VersionRecord): MlflowVersion | undefined {
  return versions.find(({ record }) => record.artifact === artifact);
}
