import { type AutoScalingGroup, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { StopInstancesCommand } from '@aws-sdk/client-ec2';
import { systemClock } from './clock.ts';
import type { Cloud } from './cloud/cloud.ts';
import { readConsole } from './cloud/logs.ts';
import { Refresher } from './cloud/refresh.ts';
import { Scaling } from './cloud/scaling.ts';
import { emulatorClients } from './emulator/clients.ts';
import type { DesiredInstance, DesiredState, RegisteredTarget } from './emulator/desired-state.ts';
import { DesiredStateReader } from './emulator/desired-state-reader.ts';
import { motoPort } from './emulator/moto.ts';
import { registeredTargets } from './emulator/read-target-groups.ts';
import { balancingLimits } from './gateway/balancing-limits.ts';
import { capacityLimits } from './gateway/capacity-limits.ts';
import { consoleAnswers } from './gateway/console-output.ts';
import { forwardTo } from './gateway/forward.ts';
import type { GatewayProps } from './gateway/gateway.ts';
import { instanceHealthAnswers } from './gateway/instance-health.ts';
import { Refreshes, refreshAnswers } from './gateway/instance-refresh.ts';
import { metricAnswers } from './gateway/metric-calls.ts';
import { targetHealthAnswers } from './gateway/target-health.ts';
import { lastRead } from './last-read.ts';
import { MetricStore } from './metrics/store.ts';
import { Permissions } from './permissions/permissions.ts';
import { Roles } from './permissions/roles.ts';

export interface EmulatedAccountProps {
  region: string;
  /** The folder that keeps the logs of removed machines. */
  records: string;
  /** Undefined until machines can boot. */
  cloud: () => Cloud | undefined;
}

/** The emulated AWS account: what the emulator stores, and what it does not. */
export class EmulatedAccount {
  readonly region: string;
  readonly clients: ReturnType<typeof emulatorClients>;
  readonly scaling: Scaling;
  readonly readDesiredState: () => Promise<DesiredState>;
  readonly permissions: Permissions;
  readonly roles: Roles;
  readonly metrics = new MetricStore();
  readonly #refreshes = new Refreshes();
  readonly #refresher: Refresher;
  readonly #props: EmulatedAccountProps;
  #changes = 0;

  constructor(props: EmulatedAccountProps) {
    const { region, cloud } = props;
    this.#props = props;
    this.region = region;
    this.clients = emulatorClients({ region, onChange: () => this.#changed() });
    const reader = new DesiredStateReader(this.clients);
    this.scaling = new Scaling(this.clients.autoScaling);
    this.readDesiredState = this.remember(() => reader.read());
    this.permissions = new Permissions(region, this.clients);
    this.roles = new Roles(this.clients.iam);
    this.#refresher = new Refresher({
      refreshes: this.#refreshes,
      scaling: this.scaling,
      members: () => cloud()?.members ?? new Map(),
      readDesiredState: this.readDesiredState,
      clock: systemClock,
    });
  }

  /** Returns a function that resolves with what `read` returned after the last change of the account. */
  remember<Value>(read: () => Promise<Value>): () => Promise<Value> {
    return lastRead({ read, changes: () => this.#changes, clock: systemClock, maximumAgeMilliseconds: 30_000 });
  }

  /** Carries out the refreshes that were requested before machines could boot. */
  resumeRefreshes(): void {
    for (const refresh of this.#refreshes.underWay()) void this.#refresher.carryOut(refresh);
  }

  /** Tells whether the machines of a group are being replaced. */
  isRefreshed(group: string): boolean {
    return this.#refreshes.underWay().some((refresh) => refresh.group === group);
  }

  /** Ends an instance. Its group launches another one; an instance without a group stays, stopped. */
  async endInstance({ id, group }: DesiredInstance): Promise<void> {
    if (group) await this.scaling.terminate(id, false);
    else await this.clients.ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));
  }

  #changed(): void {
    this.#changes++;
    this.roles.forget();
    this.#props.cloud()?.trigger();
  }

  async #limitsOf(group: string): Promise<AutoScalingGroup | undefined> {
    const command = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [group] });
    return (await this.clients.autoScaling.send(command)).AutoScalingGroups?.[0];
  }

  // The emulator may keep instances that are terminated.
  async #registeredIn(TargetGroupArn: string): Promise<RegisteredTarget[] | undefined> {
    try {
      const targets = await registeredTargets(this.clients.balancing, { TargetGroupArn });
      return targets.filter(({ instance }) => !this.#props.cloud()?.isGone(instance));
    } catch (error) {
      if ((error as Error).name !== 'TargetGroupNotFoundException') throw error;
      return undefined;
    }
  }

  /** How a gateway answers the calls. */
  gatewayProps(): Omit<GatewayProps, 'admit' | 'control'> {
    const { records, cloud } = this.#props;
    return {
      forward: forwardTo(motoPort),
      answers: {
        ...balancingLimits((port) => cloud()?.hasListenerPort(port) ?? true),
        ...capacityLimits((group) => this.#limitsOf(group)),
        ...consoleAnswers((instance) => readConsole(records, instance)),
        ...instanceHealthAnswers((...declared) => cloud()?.declareUnhealthy(...declared)),
        ...metricAnswers(this.metrics),
        ...targetHealthAnswers({
          registeredIn: (arn) => this.#registeredIn(arn),
          knownIn: (arn) => cloud()?.targetsOf(arn) ?? [],
        }),
        // A refresh that is requested before machines can boot is carried out then.
        ...refreshAnswers(this.#refreshes, (refresh) => cloud() && void this.#refresher.carryOut(refresh)),
      },
      onChange: () => this.#changed(),
    };
  }
}
