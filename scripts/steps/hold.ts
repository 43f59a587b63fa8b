import { basename } from 'node:path';
import { abortFile, changeFile, lockFile } from '../../common/paths.ts';
import { type AbortRequest, AbortRequestFile, AbortRequestObject } from '../../deployments/abort-request.ts';
import { ChangeRecord } from '../../deployments/change-record.ts';
import { LockFile } from '../../deployments/lock-file.ts';
import { LockObject } from '../../deployments/lock-object.ts';
import { type LockStore, withStageLock } from '../../deployments/stage-lock.ts';
import type { Place } from '../../rehearsal/place.ts';
import { stackName } from '../../stacks/stack-name.ts';
import type { Stage } from '../../stages/load.ts';
import { distinctLines } from '../command-line/progress.ts';

/** Runs a command that plans or changes a stage: no other one does meanwhile, and its changes are on record. */
export function holdStage<T>(stage: Stage, command: string, work: (changes: ChangeRecord) => Promise<T>): Promise<T> {
  return withStageLock(locksOf(stage), command, reportWait(), () => work(new ChangeRecord(changeFile(stage.name))));
}

/** Tells whether a command plans or changes a stage right now. */
export async function isHeld(stage: Stage): Promise<boolean> {
  const found = await Promise.all(locksOf(stage).map((lock) => lock.read()));
  return found.some((lock) => lock?.holder !== undefined && !lock.isAbandoned);
}

/** A request to the command that carries a deployment of a stage out. */
export function abortRequestOf(stage: Stage): AbortRequest {
  const { state } = stage.settings;
  if (state.backend === 'local') return new AbortRequestFile(abortFile(stage.name));
  return new AbortRequestObject({ bucket: state.bucket, region: state.region, key: `${stackName(stage)}.abort` });
}

/** Runs a command that starts, uses or stops a rehearsal that is no stage's: no other one does meanwhile. */
export function holdPlace<T>({ folder }: Place, command: string, work: () => Promise<T>): Promise<T> {
  return withStageLock([new LockFile(lockFile(basename(folder)))], command, reportWait(), work);
}

/** Runs an experiment on a model: no other one does meanwhile. */
export function holdExperiment<T>(model: string, work: () => Promise<T>): Promise<T> {
  return withStageLock([new LockFile(lockFile(`experiment-${model}`))], 'make experiment', reportWait(), work);
}

function reportWait(): (line: string) => void {
  return distinctLines((line) => console.error(line));
}

function locksOf(stage: Stage): LockStore[] {
  const { state } = stage.settings;
  const local = new LockFile(lockFile(stage.name));
  if (state.backend === 'local') return [local];
  return [local, new LockObject({ bucket: state.bucket, region: state.region, key: `${stackName(stage)}.lock.json` })];
}
