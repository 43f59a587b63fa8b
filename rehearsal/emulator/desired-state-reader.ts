import { type AutoScalingGroup, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import {
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeVpcsCommand,
  type Instance,
  type ResponseLaunchTemplateData,
} from '@aws-sdk/client-ec2';
import { GetInstanceProfileCommand } from '@aws-sdk/client-iam';
import type { Clients } from './clients.ts';
import type { DesiredInstance, DesiredState, Group } from './desired-state.ts';
import { readBalancing } from './read-balancing.ts';

/** Reads the desired state from the emulator; what cannot change of a resource is read once. */
export class DesiredStateReader {
  readonly #clients: Clients;
  readonly #constants = new Map<string, Promise<unknown>>();

  constructor(clients: Clients) {
    this.#clients = clients;
  }

  /** Reads the desired state; every call to the emulator begins after this one. */
  async read(): Promise<DesiredState> {
    const [vpcs, { AutoScalingGroups: groups = [] }, balancing] = await Promise.all([
      this.#vpcs(),
      this.#clients.autoScaling.send(new DescribeAutoScalingGroupsCommand({})),
      readBalancing(this.#clients.balancing),
    ]);
    return {
      vpcs: [...vpcs.values()],
      groups: await Promise.all(groups.map((group) => this.#group(group))),
      instances: (await Promise.all(groups.map((group) => this.#instances(group, vpcs)))).flat(),
      ...balancing,
    };
  }

  async #vpcs(): Promise<Map<string, string>> {
    const filter = { Name: 'is-default', Values: ['false'] };
    const { Vpcs = [] } = await this.#clients.ec2.send(new DescribeVpcsCommand({ Filters: [filter] }));
    return new Map(Vpcs.map((vpc) => [vpc.VpcId ?? '', vpc.CidrBlock ?? '']));
  }

  async #group(group: AutoScalingGroup): Promise<Group> {
    const template = await this.#template(group.LaunchTemplate?.LaunchTemplateId, group.LaunchTemplate?.Version);
    return {
      name: group.AutoScalingGroupName ?? '',
      desired: group.DesiredCapacity ?? 0,
      graceSeconds: group.HealthCheckGracePeriod ?? 0,
      targetGroups: group.TargetGroupARNs ?? [],
      userData: decode(template?.UserData),
    };
  }

  async #template(id?: string, version?: string): Promise<ResponseLaunchTemplateData | undefined> {
    if (!id || !version) return undefined;
    return this.#remember(`template ${id} ${version}`, async () => {
      const command = new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: id, Versions: [version] });
      const { LaunchTemplateVersions: versions = [] } = await this.#clients.ec2.send(command);
      return versions[0]?.LaunchTemplateData;
    });
  }

  async #instances(group: AutoScalingGroup, vpcs: Map<string, string>): Promise<DesiredInstance[]> {
    const ids = (group.Instances ?? []).map((instance) => instance.InstanceId ?? '');
    if (ids.length === 0) return [];
    const { Reservations = [] } = await this.#clients.ec2.send(new DescribeInstancesCommand({ InstanceIds: ids }));
    const instances = Reservations.flatMap((reservation) => reservation.Instances ?? []).filter(isDesired);
    return Promise.all(instances.map((instance) => this.#instance(instance, group.AutoScalingGroupName ?? '', vpcs)));
  }

  async #instance(instance: Instance, group: string, vpcs: Map<string, string>): Promise<DesiredInstance> {
    return {
      id: instance.InstanceId ?? '',
      group,
      address: instance.PrivateIpAddress ?? '',
      cidr: vpcs.get(instance.VpcId ?? '') ?? '',
      instanceType: instance.InstanceType ?? '',
      imageId: instance.ImageId ?? '',
      zone: instance.Placement?.AvailabilityZone ?? '',
      role: await this.#role(instance),
      userData: await this.#instanceUserData(instance.InstanceId ?? ''),
    };
  }

  #instanceUserData(id: string): Promise<string> {
    return this.#remember(`instance ${id}`, async () => {
      const command = new DescribeInstanceAttributeCommand({ InstanceId: id, Attribute: 'userData' });
      return decode((await this.#clients.ec2.send(command)).UserData?.Value);
    });
  }

  // moto launches instances without the instance profile of their launch template.
  async #role({ Tags: tags = [] }: Instance): Promise<string | undefined> {
    const tag = (name: string) => tags.find(({ Key }) => Key === `aws:ec2launchtemplate:${name}`)?.Value;
    const profile = (await this.#template(tag('id'), tag('version')))?.IamInstanceProfile;
    const name = profile?.Name ?? profile?.Arn?.split('/').at(-1);
    if (!name) return undefined;
    return this.#remember(`profile ${name}`, async () => {
      const command = new GetInstanceProfileCommand({ InstanceProfileName: name });
      return (await this.#clients.iam.send(command)).InstanceProfile?.Roles?.[0]?.RoleName;
    });
  }

  #remember<Value>(key: string, read: () => Promise<Value>): Promise<Value> {
    const known = this.#constants.get(key) as Promise<Value> | undefined;
    if (known) return known;
    const reading = read();
    this.#constants.set(key, reading);
    reading.catch(() => this.#constants.delete(key));
    return reading;
  }
}

function isDesired(instance: Instance): boolean {
  return instance.State?.Name === 'running' || instance.State?.Name === 'pending';
}

function decode(base64: string | undefined): string {
  return Buffer.from(base64 ?? '', 'base64').toString();
}
