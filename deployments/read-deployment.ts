import type { Stage } from '../stages/load.ts';
import { type Deployment, parseDeployment } from './deployment.ts';
import { type Adopted, adoptEarlierVersion } from './earlier-version.ts';
import type { Revision } from './revision.ts';

/** What a stage's state says that is deployed. */
export interface DeployedBefore {
  /** Undefined before the first deployment. */
  deployment: Deployment | undefined;
  /** What a version without tracks has deployed, which becomes the deployment; undefined without such. */
  adopted?: Adopted;
}

/** Reads what is deployed from the outputs in a state; undefined outputs are those of a stage without one. */
export async function readDeployment(
  stage: Stage,
  outputs: Record<string, unknown> | undefined,
  now: Date,
): Promise<DeployedBefore> {
  if (!outputs) return { deployment: undefined };
  if (outputs.deployment !== undefined) return { deployment: parseDeployment(outputs.deployment) };
  // A first apply that failed has left some outputs.
  if (outputs.auto_scaling_group === undefined) return { deployment: undefined };
  const adopted = await adoptEarlierVersion(stage, outputs, now);
  return { deployment: adopted.deployment, adopted };
}

/** Returns the revision that serves everything; undefined before the first deployment has ended. */
export function servingRevision(deployment: Deployment | undefined): Revision | undefined {
  if (!deployment || deployment.history.length === 0) return undefined;
  return deployment.revisions[deployment.tracks[deployment.live].revision ?? ''];
}
