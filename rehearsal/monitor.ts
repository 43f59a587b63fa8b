import { join } from 'node:path';
import { SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { PublishCommand } from '@aws-sdk/client-sns';
import type { EmulatedAccount } from './account.ts';
import type { Alarm, AlarmState } from './alarms/alarm.ts';
import { readAlarms } from './alarms/alarm-reader.ts';
import { AlarmWatch } from './alarms/alarm-watch.ts';
import { notificationOf } from './alarms/notification.ts';
import { requestLogFile } from './balancer/configuration.ts';
import type { Cloud } from './cloud/cloud.ts';
import { measurableOf, warmingOf } from './cloud/measurable.ts';
import type { Log } from './log.ts';
import { processorSeconds } from './machines/cgroups.ts';
import { AwsClock } from './metrics/aws-clock.ts';
import { type Meter, measure } from './metrics/meter.ts';
import { ProcessorUse } from './metrics/processor-use.ts';
import { RequestLog } from './metrics/request-log.ts';
import { readScaling, type ScalingAccount } from './scaling/account-reader.ts';
import { Scaler } from './scaling/scaler.ts';

export interface MonitorProps {
  account: Pick<EmulatedAccount, 'clients' | 'region' | 'metrics' | 'remember'>;
  cloud: Pick<Cloud, 'desired' | 'members'>;
  clock: AwsClock;
  meter: Meter;
  scaler: Scaler;
  log: Log;
}

/** Creates the monitor of a cloud, whose balancer is installed in `root`, and whose machines are in the control group `cgroup`. */
export function createMonitor(props: {
  account: EmulatedAccount;
  cloud: Cloud;
  root: string;
  cgroup: string;
  log: Log;
}): Monitor {
  const { account, root, cgroup, log } = props;
  const { clients, scaling, metrics: store } = account;
  const clock = new AwsClock();
  const requests = new RequestLog(join(root, requestLogFile));
  const processors = new ProcessorUse((id) => processorSeconds(`${cgroup}/${id}`));
  const isRefreshed = (group: string) => account.isRefreshed(group);
  return new Monitor({
    ...props,
    clock,
    meter: { store, clock, requests, processors },
    scaler: new Scaler({ cloudWatch: clients.cloudWatch, scaling, isRefreshed, log }),
  });
}

/** Does in each rehearsed minute what CloudWatch and Auto Scaling do: measures, evaluates alarms and scales. */
export class Monitor {
  readonly #props: MonitorProps;
  readonly #watch: AlarmWatch;
  readonly #read: () => Promise<{ scaling: ScalingAccount; alarms: Alarm[] }>;
  #scheduledUntil: number;

  constructor(props: MonitorProps) {
    const { account, clock, log } = props;
    this.#props = props;
    this.#scheduledUntil = clock.now();
    const { autoScaling, cloudWatch } = account.clients;
    this.#read = account.remember(async () => ({
      scaling: await readScaling(autoScaling),
      alarms: await readAlarms(cloudWatch),
    }));
    this.#watch = new AlarmWatch({
      store: account.metrics,
      clock,
      setState: async (AlarmName, { state: StateValue, reason: StateReason }) => {
        await account.clients.cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason }));
      },
      act: (action, alarm, from) => this.#act(action, alarm, from),
      log,
    });
  }

  /** Runs until `signal` is aborted. A minute that fails is logged. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#props;
    while (!signal.aborted) {
      await clock.nextPeriod(60);
      await this.#minute().catch((error: Error) => log('monitoring failed', { error: error.message }));
    }
  }

  async #minute(): Promise<void> {
    const { clock, meter, scaler, cloud } = this.#props;
    const { scaling, alarms } = await this.#read();
    const warming = warmingOf(scaling.groups, cloud.members.values(), (time) => clock.secondsSince(time));
    await measure(measurableOf(cloud, warming), meter);
    await scaler.keepAlarms(scaling.policies, alarms);
    const assessed = await this.#watch.assess(alarms);
    await scaler.follow(scaling, assessed, ({ name }) => warming.filter(({ group }) => group === name).length);
    const until = clock.now();
    await scaler.schedule(scaling, this.#scheduledUntil, until);
    this.#scheduledUntil = until;
  }

  // Scaling policies are followed after all alarms have been evaluated.
  async #act(action: string, alarm: Alarm, from: AlarmState): Promise<void> {
    if (action.split(':')[2] !== 'sns') return;
    const { account, clock } = this.#props;
    const notification = notificationOf(alarm, from, account.region, new Date(clock.now()));
    await account.clients.sns.send(new PublishCommand({ TopicArn: action, ...notification }));
  }
}
