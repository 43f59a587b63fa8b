import { type AutoScalingGroup, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { DescribeSubnetsCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import type { Clients } from './clients.ts';
import type { DesiredState, Group, LaunchTemplate } from './desired-state.ts';
import { InstanceReader } from './instance-reader.ts';
import { readLoadBalancers } from './read-load-balancers.ts';
import { readSecurityGroups } from './read-security-groups.ts';
import { readTargetGroups } from './read-target-groups.ts';

/** Reads the desired state from the emulator. */
export class DesiredStateReader {
  readonly #clients: Clients;
  readonly #instances: InstanceReader;

  constructor(clients: Clients) {
    this.#clients = clients;
    this.#instances = new InstanceReader(clients);
  }

  /** Reads the desired state; every call to the emulator begins after this one. */
  async read(): Promise<DesiredState> {
    const { autoScaling, balancing, ec2 } = this.#clients;
    const [vpcs, subnets] = await Promise.all([this.#vpcs(), this.#subnets()]);
    const [{ AutoScalingGroups: groups = [] }, instances, securityGroups, loadBalancers] = await Promise.all([
      autoScaling.send(new DescribeAutoScalingGroupsCommand({})),
      this.#instances.read(vpcs),
      readSecurityGroups(ec2),
      readLoadBalancers(balancing, subnets),
    ]);
    // After the instances, so that every instance of a group is registered where the group is attached.
    const targetGroups = await readTargetGroups(balancing);
    return {
      vpcs: [...vpcs.values()],
      groups: await Promise.all(groups.map((group) => this.#group(group))),
      instances,
      securityGroups,
      targetGroups,
      loadBalancers,
    };
  }

  /** Returns what each of these instances was launched from, by its id. */
  launchTemplates(ids: string[]): Promise<Map<string, LaunchTemplate>> {
    return this.#instances.launchTemplates(ids);
  }

  async #vpcs(): Promise<Map<string, string>> {
    const filter = { Name: 'is-default', Values: ['false'] };
    const { Vpcs = [] } = await this.#clients.ec2.send(new DescribeVpcsCommand({ Filters: [filter] }));
    return new Map(Vpcs.map((vpc) => [vpc.VpcId ?? '', vpc.CidrBlock ?? '']));
  }

  async #subnets(): Promise<Map<string, string>> {
    const { Subnets = [] } = await this.#clients.ec2.send(new DescribeSubnetsCommand({}));
    return new Map(Subnets.map((subnet) => [subnet.SubnetId ?? '', subnet.CidrBlock ?? '']));
  }

  async #group(group: AutoScalingGroup): Promise<Group> {
    const { SuspendedProcesses: suspended = [] } = group;
    return {
      name: group.AutoScalingGroupName ?? '',
      desired: group.DesiredCapacity ?? 0,
      graceSeconds: group.HealthCheckGracePeriod ?? 0,
      checksTargets: group.HealthCheckType === 'ELB',
      replacesUnhealthy: !suspended.some(({ ProcessName }) => ProcessName === 'ReplaceUnhealthy'),
      launchTemplate: await this.#nextTemplate(group),
    };
  }

  // A group may name a version by `$Latest` or `$Default`, which stand for another one when the template changes.
  async #nextTemplate({ LaunchTemplate: template }: AutoScalingGroup): Promise<LaunchTemplate | undefined> {
    const { LaunchTemplateId: id, Version: version } = template ?? {};
    if (!id || !version?.startsWith('$')) return id && version ? { id, version } : undefined;
    return { id, version: String((await this.#instances.templateVersion({ id, version }))?.VersionNumber) };
  }
}
