import {
  type AutoScalingClient,
  type AutoScalingGroup,
  paginateDescribeAutoScalingGroups,
  paginateDescribePolicies,
  paginateDescribeScheduledActions,
  type ScalingPolicy,
  type ScheduledUpdateGroupAction,
} from '@aws-sdk/client-auto-scaling';
import type { LostParameters } from '../gateway/lost-parameters.ts';
import type { Policy, ScalingGroup } from './policy.ts';
import { policyOf } from './policy-reader.ts';
import type { ScheduledAction } from './scheduled-action.ts';

/** The groups of an account, and what changes their capacity. */
export interface ScalingAccount {
  groups: ScalingGroup[];
  policies: Policy[];
  scheduled: ScheduledAction[];
}

/** Reads groups, policies and scheduled actions from the emulator; `lost` has what it forgets of them. */
export async function readScaling(client: AutoScalingClient, lost: LostParameters): Promise<ScalingAccount> {
  const groups: AutoScalingGroup[] = [];
  const policies: ScalingPolicy[] = [];
  const scheduled: ScheduledUpdateGroupAction[] = [];
  for await (const page of paginateDescribeAutoScalingGroups({ client }, {})) groups.push(...(page.AutoScalingGroups ?? []));
  for await (const page of paginateDescribePolicies({ client }, {})) policies.push(...(page.ScalingPolicies ?? []));
  for await (const page of paginateDescribeScheduledActions({ client }, {}))
    scheduled.push(...(page.ScheduledUpdateGroupActions ?? []));
  const exists = (group: string | undefined) => groups.some(({ AutoScalingGroupName }) => AutoScalingGroupName === group);
  const kept = policies.filter((policy) => exists(policy.AutoScalingGroupName) && lost.isEnabled(policy));
  return {
    groups: groups.map((group) => scalingGroup(group, kept, lost)),
    policies: kept.map((policy) => policyOf(policy, cooldownOf(groups, policy))).filter((policy) => policy !== undefined),
    scheduled: scheduled.filter((action) => exists(action.AutoScalingGroupName)).map(scheduledAction),
  };
}

const defaultCooldownSeconds = 300;

function cooldownOf(groups: AutoScalingGroup[], { AutoScalingGroupName: name }: ScalingPolicy): number {
  const group = groups.find(({ AutoScalingGroupName }) => AutoScalingGroupName === name);
  return group?.DefaultCooldown ?? defaultCooldownSeconds;
}

function scalingGroup(group: AutoScalingGroup, policies: ScalingPolicy[], lost: LostParameters): ScalingGroup {
  const name = group.AutoScalingGroupName ?? '';
  const cooldownSeconds = group.DefaultCooldown ?? defaultCooldownSeconds;
  const own = policies.filter(({ AutoScalingGroupName }) => AutoScalingGroupName === name);
  return {
    name,
    minimum: group.MinSize ?? 0,
    maximum: group.MaxSize ?? 0,
    desired: group.DesiredCapacity ?? 0,
    cooldownSeconds,
    warmupSeconds: lost.warmupSeconds(name) ?? warmupOf(own, cooldownSeconds),
    suspended: (group.SuspendedProcesses ?? []).map(({ ProcessName = '' }) => ProcessName),
    collected: (group.EnabledMetrics ?? []).map(({ Metric = '' }) => Metric),
  };
}

// Without a warm-up of group or policy, the cooldown is one. Simple policies have none.
function warmupOf(policies: ScalingPolicy[], cooldownSeconds: number): number {
  const warming = policies.filter(({ PolicyType }) => PolicyType !== 'SimpleScaling');
  return Math.max(0, ...warming.map(({ EstimatedInstanceWarmup }) => EstimatedInstanceWarmup ?? cooldownSeconds));
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
