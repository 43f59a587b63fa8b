import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DeleteAlarmsCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import type { Alarm } from '../alarms/alarm.ts';
import type { AssessedAlarm } from '../alarms/alarm-watch.ts';
import type { Scaling } from '../cloud/scaling.ts';
import type { Log } from '../log.ts';
import type { ScalingAccount } from './account-reader.ts';
import { decide } from './decision.ts';
import type { ScalingGroup, TrackingPolicy } from './policy.ts';
import { isDue } from './scheduled-action.ts';
import { isTrackingAlarm, trackingAlarms } from './tracking-alarms.ts';

export interface ScalerProps {
  cloudWatch: Pick<CloudWatchClient, 'send'>;
  scaling: Pick<Scaling, 'setDesiredCapacity' | 'resize'>;
  /** Tells whether the machines of a group are being replaced; its capacity is left alone then. */
  isRefreshed: (group: string) => boolean;
  log: Log;
}

/** Changes the capacity of groups by their target tracking policies and scheduled actions. */
export class Scaler {
  readonly #props: ScalerProps;
  readonly #alarms = new Map<string, string>();

  constructor(props: ScalerProps) {
    this.#props = props;
  }

  /** Makes the alarms of the policies, and removes those of policies that are gone. */
  async keepAlarms(policies: readonly TrackingPolicy[], existing: readonly Alarm[]): Promise<void> {
    const { cloudWatch } = this.#props;
    const inputs = policies.flatMap(trackingAlarms);
    const exists = (name: string) => existing.some((alarm) => alarm.name === name);
    for (const input of inputs) {
      const [name = '', text] = [input.AlarmName, JSON.stringify(input)];
      if (exists(name) && this.#alarms.get(name) === text) continue;
      await cloudWatch.send(new PutMetricAlarmCommand(input));
      this.#alarms.set(name, text);
    }
    const old = existing
      .map(({ name }) => name)
      .filter((name) => isTrackingAlarm(name) && !inputs.some(({ AlarmName }) => AlarmName === name));
    if (old.length > 0) await cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: old }));
  }

  /** Scales by the alarms of the policies; `warming` returns how many machines of a group do not count yet. */
  async follow(
    { groups, policies }: ScalingAccount,
    assessed: readonly AssessedAlarm[],
    warming: (group: ScalingGroup) => number,
  ): Promise<void> {
    const { scaling, isRefreshed, log } = this.#props;
    for (const group of groups) {
      if (isRefreshed(group.name) || group.suspended.includes('AlarmNotification')) continue;
      const own = policies.filter((policy) => policy.group === group.name);
      const decision = decide(group, own, assessed, warming(group));
      if (!decision) continue;
      const { capacity: to, policy, alarm } = decision;
      log('group scales', { group: group.name, from: group.desired, to, policy: policy.name, reason: alarm.reason });
      await scaling.setDesiredCapacity(group.name, to);
      group.desired = to;
    }
  }

  /** Carries out the scheduled actions that are due after `since` and not after `until`; one that fails does not stop others. */
  async schedule({ groups, scheduled }: ScalingAccount, since: number, until: number): Promise<void> {
    const { scaling, log } = this.#props;
    for (const action of scheduled) {
      const { name, minimum, maximum, desired, group } = action;
      const isSuspended = groups.some((one) => one.name === group && one.suspended.includes('ScheduledActions'));
      try {
        if (isSuspended || !isDue(action, since, until)) continue;
        log('scheduled action', { group, name, minimum, maximum, desired });
        await scaling.resize(group, { minimum, maximum, desired });
      } catch (error) {
        log('scheduled action failed', { group, name, error: (error as Error).message });
      }
    }
  }
}
