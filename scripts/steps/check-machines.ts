import { UserError } from '../../common/errors.ts';
import type { CloudTarget } from '../../deployments/cloud-target.ts';
import type { Deployment, Track } from '../../deployments/deployment.ts';
import { machinePrice } from '../../deployments/machine-price.ts';
import { assertShadowPossible } from '../../deployments/shadow-machines.ts';
import { foresee } from '../../deployments/strategies/foresee.ts';
import type { TrackObservation } from '../../deployments/track-observer.ts';
import { assertVcpuQuota, type Machines } from '../../deployments/vcpu-quota.ts';
import { describeWarmCost } from '../../deployments/warm-cost.ts';
import { tracks as trackNames } from '../../stacks/track-names.ts';

export interface CheckMachinesProps {
  target: Pick<CloudTarget, 'access' | 'rehearsal'>;
  begun: Deployment;
  observed: Record<Track, Pick<TrackObservation, 'desired'>>;
}

/**
 * Refuses a deployment that needs more machines than the account's quota allows, or a shadow that they cannot run, and returns what is to be said of the cost
 * of those that stay. Neither quota nor prices can be rehearsed.
 */
export async function checkMachines({ target, begun, observed }: CheckMachinesProps): Promise<string[]> {
  const { progress, revisions, strategy, live } = begun;
  if (!progress) return [];
  assertShadowPossible(begun);
  const { access, rehearsal } = target;
  if (!rehearsal) {
    const foreseen = foresee(begun, { observed, applySeconds: 0, bootSeconds: 0 });
    const desired = { blue: observed.blue.desired, green: observed.green.desired };
    const later = foreseen.map((step) => machinesOf(step.deployment, step.desired));
    await assertVcpuQuota(access, machinesOf(begun, desired), later).catch(warn);
  }
  if (strategy.kind !== 'blue-green' || strategy.keep !== 'warm' || progress.from === null) return [];
  const old = revisions[progress.from]?.instanceType ?? '';
  const price = rehearsal ? undefined : await machinePrice(access, old).catch(() => undefined);
  return [describeWarmCost({ count: observed[live].desired, instanceType: old, price })];
}

function machinesOf({ revisions, tracks }: Deployment, desired: Record<Track, number>): Machines {
  const counts: Record<string, number> = {};
  for (const track of trackNames) {
    const type = revisions[tracks[track].revision ?? '']?.instanceType;
    if (type !== undefined) counts[type] = (counts[type] ?? 0) + desired[track];
  }
  return counts;
}

// Such as a policy of an earlier version, which does not allow the question.
function warn(error: Error): void {
  if (error instanceof UserError) throw error;
  console.error(`Warning: the quota of vCPUs could not be read: ${error.message}`);
}
