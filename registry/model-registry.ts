import type { Artifact } from '../model/artifact/artifact.ts';
import type { Selector } from '../model/model-reference.ts';
import type { MoveRecord } from './move-record.ts';
import type { Registration, VersionRecord } from './version-record.ts';

/** A move of an alias that somebody has decided. */
export type Move = Pick<MoveRecord, 'alias' | 'version' | 'from' | 'reason'>;

/** What a registry says of a registration. */
export interface Registered {
  record: VersionRecord;
  /** False where this artifact was a version already. */
  isNew: boolean;
}

/** Which versions have an alias, and had one before. */
export interface History {
  aliases: Map<string, number>;
  /** The moves of aliases that commands of this project have made, the oldest first. */
  moves: MoveRecord[];
}

/** The versions of one model: artifacts that are never changed, and aliases that move. */
export interface ModelRegistry {
  /** Returns all versions, the oldest first. */
  versions(): Promise<VersionRecord[]>;
  /** Returns the aliases, and how they moved. */
  history(): Promise<History>;
  /** Makes an artifact the next version, unless it is one already. */
  register(artifact: Artifact, registration: Registration): Promise<Registered>;
  /**
   * Moves an alias to a version; undefined where it is there already. `from` is where whoever decided has seen it: where it is elsewhere
   * by now, it does not move.
   */
  move(move: Move, now: Date): Promise<MoveRecord | undefined>;
  /** Finds a version; the error lists what there is. */
  find(selector: Selector): Promise<VersionRecord>;
  /** Finds the version that an artifact is. */
  findArtifact(artifact: string): Promise<VersionRecord>;
  /** Reads the artifact of a version, and checks every byte against its checksum. */
  artifact(record: Pick<VersionRecord, 'artifact'>): Promise<Artifact>;
}
