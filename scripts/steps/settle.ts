import type { ChangeRecord } from '../../deployments/change-record.ts';
import { mendTornState } from '../../deployments/torn-state.ts';
import type { Stage } from '../../stages/load.ts';
import { distinctLines } from '../command-line/progress.ts';

/** Ends what a killed command has left running, and mends its state; returns false where no command was killed. */
export async function settleKilled(stage: Stage, record: ChangeRecord): Promise<boolean> {
  const wasKilled = await record.settle(distinctLines((line) => console.error(line)));
  if (wasKilled && (await mendTornState(stage)))
    console.error('The state was torn when its command was killed: the version before is in its place');
  return wasKilled;
}
