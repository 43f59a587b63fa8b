import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { DescribeInstancesCommand, EC2Client, GetConsoleOutputCommand, type Instance } from '@aws-sdk/client-ec2';
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { UserError } from '../common/errors.ts';
import type { TrackResources } from '../stacks/outputs.ts';
import { type Access, clientConfiguration } from './access.ts';
import {
  describeFleet,
  type FleetMachine,
  type FleetStatus,
  type MachineDetails,
  withDetails,
} from './fleet-status.ts';

/** The machines of a track, as AWS or the rehearsal describes them. */
export class Fleet {
  readonly #group: string;
  readonly #targetGroup: string;
  readonly #autoScaling: AutoScalingClient;
  readonly #balancing: ElasticLoadBalancingV2Client;
  readonly #ec2: EC2Client;

  constructor(access: Access, { group, target_group: targetGroup }: TrackResources) {
    const configuration = clientConfiguration(access);
    this.#group = group;
    this.#targetGroup = targetGroup;
    this.#autoScaling = new AutoScalingClient(configuration);
    this.#balancing = new ElasticLoadBalancingV2Client(configuration);
    this.#ec2 = new EC2Client(configuration);
  }

  /** Reads what a deployment is judged by: two calls, however many machines there are. */
  async status(): Promise<FleetStatus> {
    const [{ AutoScalingGroups = [] }, targets] = await Promise.all([
      this.#autoScaling.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [this.#group] })),
      this.#targets(),
    ]);
    return describeFleet({ group: AutoScalingGroups[0], targets });
  }

  /** Reads what people want to know of the machines besides. */
  async details(machines: readonly FleetMachine[]): Promise<(FleetMachine & MachineDetails)[]> {
    return withDetails(machines, await this.#instances());
  }

  /** Reads the console of a machine, also of one that was terminated within the last hour; empty before it has written. */
  async consoleOf(machine: string): Promise<string> {
    const command = new GetConsoleOutputCommand({ InstanceId: machine, Latest: true });
    const { Output = '' } = await this.#ec2.send(command).catch((error: Error) => {
      // The permission is limited to machines with the stage's tags, which one that does not exist has not.
      if (!/^(?:InvalidInstanceI[Dd]|UnauthorizedOperation)/.test(error.name)) throw error;
      throw new UserError(`No machine of this stage has, or had, the id ${machine}. See: make status`);
    });
    return Buffer.from(Output, 'base64').toString();
  }

  async #targets(): Promise<TargetHealthDescription[]> {
    const command = new DescribeTargetHealthCommand({ TargetGroupArn: this.#targetGroup });
    return (await this.#balancing.send(command)).TargetHealthDescriptions ?? [];
  }

  // By the tag that Auto Scaling gives its instances: EC2 refuses the id of one that was launched a moment ago.
  async #instances(): Promise<Instance[]> {
    const Filters = [{ Name: 'tag:aws:autoscaling:groupName', Values: [this.#group] }];
    const { Reservations = [] } = await this.#ec2.send(new DescribeInstancesCommand({ Filters }));
    return Reservations.flatMap(({ Instances = [] }) => Instances);
  }
}
