import { changeFile, lockFile } from '../../common/paths.ts';
import { ChangeRecord } from '../../deployments/change-record.ts';
import { withStageLock } from '../../deployments/stage-lock.ts';
import type { Stage } from '../../stages/load.ts';
import { distinctLines } from '../command-line/progress.ts';

/** Runs a command that plans or changes a stage: no other one does meanwhile, and its changes are on record. */
export function holdStage<T>(stage: Stage, command: string, work: (changes: ChangeRecord) => Promise<T>): Promise<T> {
  const report = distinctLines((line) => console.error(line));
  return withStageLock(lockFile(stage.name), command, report, () => work(new ChangeRecord(changeFile(stage.name))));
}
