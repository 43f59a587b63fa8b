import {
  type AutoScalingClient,
  type AutoScalingGroup,
  paginateDescribeAutoScalingGroups,
  paginateDescribePolicies,
  paginateDescribeScheduledActions,
  type ScalingPolicy,
  type ScheduledUpdateGroupAction,
} from '@aws-sdk/client-auto-scaling';
import type { ScalingGroup, TrackingPolicy } from './policy.ts';
import { trackingPolicyOf } from './policy-reader.ts';
import type { ScheduledAction } from './scheduled-action.ts';

/** The groups of an account, and what changes their capacity. */
export interface ScalingAccount {
  groups: ScalingGroup[];
  policies: TrackingPolicy[];
  scheduled: ScheduledAction[];
}

/** Reads groups, policies and scheduled actions from the emulator. */
export async function readScaling(client: AutoScalingClient): Promise<ScalingAccount> {
  const groupPages = await Array.fromAsync(paginateDescribeAutoScalingGroups({ client }, {}));
  const policyPages = await Array.fromAsync(paginateDescribePolicies({ client }, {}));
  const actionPages = await Array.fromAsync(paginateDescribeScheduledActions({ client }, {}));
  const groups = groupPages.flatMap(({ AutoScalingGroups = [] }) => AutoScalingGroups);
  const policies = policyPages.flatMap(({ ScalingPolicies = [] }) => ScalingPolicies);
  const scheduled = actionPages.flatMap(({ ScheduledUpdateGroupActions = [] }) => ScheduledUpdateGroupActions);
  const exists = ({ AutoScalingGroupName: name }: { AutoScalingGroupName?: string | undefined }) =>
    groups.some((group) => group.AutoScalingGroupName === name);
  const own = policies.filter(exists);
  const enabled = own.filter(({ Enabled }) => Enabled !== false);
  return {
    groups: groups.map((group) => scalingGroup(group, own)),
    policies: enabled.map(trackingPolicyOf).filter((policy) => policy !== undefined),
    scheduled: scheduled.filter(exists).map(scheduledAction),
  };
}

// The warm-up of a policy counts before its group's; without both, the cooldown is one.
function scalingGroup(group: AutoScalingGroup, policies: ScalingPolicy[]): ScalingGroup {
  const name = group.AutoScalingGroupName ?? '';
  const { DefaultInstanceWarmup: warmupSeconds, DefaultCooldown: cooldownSeconds = 300 } = group;
  const warmups = policies
    .filter(({ AutoScalingGroupName }) => AutoScalingGroupName === name)
    .map(({ EstimatedInstanceWarmup }) => EstimatedInstanceWarmup ?? warmupSeconds ?? cooldownSeconds);
  return {
    name,
    minimum: group.MinSize ?? 0,
    maximum: group.MaxSize ?? 0,
    desired: group.DesiredCapacity ?? 0,
    warmupSeconds: warmups.length > 0 ? Math.max(...warmups) : (warmupSeconds ?? 0),
    suspended: (group.SuspendedProcesses ?? []).map(({ ProcessName = '' }) => ProcessName),
  };
}

function scheduledAction(found: ScheduledUpdateGroupAction): ScheduledAction {
  return {
    name: found.ScheduledActionName ?? '',
    group: found.AutoScalingGroupName ?? '',
    startAt: found.StartTime,
    endAt: found.EndTime,
    recurrence: found.Recurrence,
    timeZone: found.TimeZone ?? 'UTC',
    minimum: found.MinSize,
    maximum: found.MaxSize,
    desired: found.DesiredCapacity,
  };
}
