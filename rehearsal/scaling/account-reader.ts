import {
  type AutoScalingClient,
  type AutoScalingGroup,
  paginateDescribeAutoScalingGroups,
  paginateDescribePolicies,
  paginateDescribeScheduledActions,
  type ScalingPolicy,
  type ScheduledUpdateGroupAction,
} from '@aws-sdk/client-auto-scaling';
import type { ScalingSettings } from '../gateway/scaling-settings.ts';
import type { ScalingGroup, TrackingPolicy } from './policy.ts';
import { trackingPolicyOf } from './policy-reader.ts';
import type { ScheduledAction } from './scheduled-action.ts';

/** The groups of an account, and what changes their capacity. */
export interface ScalingAccount {
  groups: ScalingGroup[];
  policies: TrackingPolicy[];
  scheduled: ScheduledAction[];
}

type Settings = Pick<ScalingSettings, 'secondsOf' | 'isEnabled'>;

/** Reads groups, policies and scheduled actions from the emulator, with the settings that it does not keep. */
export async function readScaling(client: AutoScalingClient, settings: Settings): Promise<ScalingAccount> {
  const groups: AutoScalingGroup[] = [];
  const policies: ScalingPolicy[] = [];
  const scheduled: ScheduledUpdateGroupAction[] = [];
  for await (const page of paginateDescribeAutoScalingGroups({ client }, {}))
    groups.push(...(page.AutoScalingGroups ?? []));
  for await (const page of paginateDescribePolicies({ client }, {})) policies.push(...(page.ScalingPolicies ?? []));
  for await (const page of paginateDescribeScheduledActions({ client }, {}))
    scheduled.push(...(page.ScheduledUpdateGroupActions ?? []));
  const exists = ({ AutoScalingGroupName: name }: { AutoScalingGroupName?: string | undefined }) =>
    groups.some((group) => group.AutoScalingGroupName === name);
  const own = policies.filter(exists);
  const enabled = own.filter(({ PolicyARN = '' }) => settings.isEnabled(PolicyARN));
  return {
    groups: groups.map((group) => scalingGroup(group, own, settings)),
    policies: enabled.map(trackingPolicyOf).filter((policy) => policy !== undefined),
    scheduled: scheduled.filter(exists).map(scheduledAction),
  };
}

const defaultCooldownSeconds = 300;

// The warm-up of a policy counts before its group's; without both, the cooldown is one.
function scalingGroup(group: AutoScalingGroup, policies: ScalingPolicy[], settings: Settings): ScalingGroup {
  const name = group.AutoScalingGroupName ?? '';
  const warmupSeconds = settings.secondsOf(name, 'DefaultInstanceWarmup');
  const cooldownSeconds = settings.secondsOf(name, 'DefaultCooldown') ?? defaultCooldownSeconds;
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
