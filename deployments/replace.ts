import { AutoScalingClient, StartInstanceRefreshCommand } from '@aws-sdk/client-auto-scaling';
import { refreshPreferences } from '../stacks/fleet.ts';
import type { Outputs } from '../stacks/outputs.ts';
import { type Access, clientConfiguration } from './access.ts';
import { fleetStatus } from './fleet-status.ts';
import { needsReplacement } from './health.ts';

/**
 * Starts an instance refresh where machines of another release serve and no refresh is under way. Terraform starts one
 * with a change of the launch template; when that one failed or was cancelled, Terraform has nothing to change any more.
 */
export async function replaceOldMachines(access: Access, outputs: Outputs): Promise<void> {
  const status = await fleetStatus(access, outputs);
  if (!needsReplacement(status, outputs.release)) return;
  const { minHealthyPercentage, maxHealthyPercentage, skipMatching } = refreshPreferences;
  await new AutoScalingClient(clientConfiguration(access)).send(
    new StartInstanceRefreshCommand({
      AutoScalingGroupName: outputs.auto_scaling_group,
      Strategy: 'Rolling',
      Preferences: {
        MinHealthyPercentage: minHealthyPercentage,
        MaxHealthyPercentage: maxHealthyPercentage,
        SkipMatching: skipMatching,
      },
    }),
  );
}
