import pc from 'picocolors';
import { type Deployed, findDeployed } from '../../deployments/deployed.ts';
import { parseDeployment } from '../../deployments/deployment.ts';
import { describeUnderWay } from '../../deployments/problem.ts';
import { readStateOutputs } from '../../deployments/state-outputs.ts';
import type { Stage } from '../../stages/load.ts';
import { withStage } from '../command-line/command.ts';
import { isHeld } from './hold.ts';

/** Finds what is deployed in a stage; tells of a deployment that no command carries on. */
export async function deployedStage(stage: Stage): Promise<Deployed> {
  const deployed = await findDeployed(stage);
  if (!(await isHeld(stage))) tell(describeUnderWay(parseDeployment(deployed.outputs.deployment)));
  return deployed;
}

/** Tells of a deployment that is not over; where the state cannot be read, nothing. */
export async function tellUnderWay(stage: Stage): Promise<void> {
  tell(await underWayIn(stage).catch(() => undefined));
}

/** Describes the deployment under way in a state; a first apply that has failed leaves none. */
export async function underWayIn(stage: Stage): Promise<string | undefined> {
  const outputs = await readStateOutputs(stage);
  return outputs?.deployment === undefined ? undefined : describeUnderWay(parseDeployment(outputs.deployment));
}

function tell(underWay: string | undefined): void {
  if (underWay !== undefined) console.error(pc.yellow(withStage(underWay)));
}
