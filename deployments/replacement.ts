import { AutoScalingClient, StartInstanceRefreshCommand } from '@aws-sdk/client-auto-scaling';
import { refreshPreferences } from '../stacks/fleet.ts';
import type { Outputs } from '../stacks/outputs.ts';
import { type Access, clientConfiguration } from './access.ts';
import { fleetStatus } from './fleet-status.ts';
import { needsReplacement } from './wait.ts';

/**
 * Has the machines of an older release replaced where nobody is doing it: Terraform begins that once, with the change of
 * the launch template, and has nothing more to change when it failed or was interrupted.
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
