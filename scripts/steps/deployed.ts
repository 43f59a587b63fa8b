import pc from 'picocolors';
import { type Deployed, findDeployed } from '../../deployments/deployed.ts';
import { parseDeployment } from '../../deployments/deployment.ts';
import { describeUnderWay } from '../../deployments/problem.ts';
import type { Stage } from '../../stages/load.ts';
import { withStage } from '../command-line/command.ts';
import { isHeld } from './hold.ts';

/** Finds what is deployed in a stage; tells of a deployment that no command carries on. */
export async function deployedStage(stage: Stage): Promise<Deployed> {
  const deployed = await findDeployed(stage);
  const underWay = describeUnderWay(parseDeployment(deployed.outputs.deployment));
  if (underWay !== undefined && !(await isHeld(stage))) console.error(pc.yellow(withStage(underWay)));
  return deployed;
}
