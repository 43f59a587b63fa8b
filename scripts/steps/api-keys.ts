import { ApiKeys } from '../../deployments/api-keys.ts';
import type { CloudTarget } from '../../deployments/cloud-target.ts';
import { stackName } from '../../stacks/stack-name.ts';
import type { Stage } from '../../stages/load.ts';

/** Returns the API keys of a stage. */
export function apiKeysOf(stage: Stage, { access }: Pick<CloudTarget, 'access'>): ApiKeys {
  return new ApiKeys(access, stackName(stage));
}
