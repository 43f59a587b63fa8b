import { type AutoScalingGroup, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import {
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeVpcsCommand,
  type Instance,
  type LaunchTemplateVersion,
  type ResponseLaunchTemplateData,
} from '@aws-sdk/client-ec2';
import { GetInstanceProfileCommand } from '@aws-sdk/client-iam';
import type { Clients } from './clients.ts';
import type { DesiredInstance, DesiredState, Group, LaunchTemplate } from './desired-state.ts';
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
    return {
      name: group.AutoScalingGroupName ?? '',
      desired: group.DesiredCapacity ?? 0,
      graceSeconds: group.HealthCheckGracePeriod ?? 0,
      targetGroups: group.TargetGroupARNs ?? [],
      launchTemplate: await this.#nextTemplate(group),
    };
  }

  // A group may name a version by `$Latest` or `$Default`, which stand for another one when the template changes.
  async #nextTemplate({ LaunchTemplate: template }: AutoScalingGroup): Promise<LaunchTemplate | undefined> {
    const { LaunchTemplateId: id, Version: version } = template ?? {};
    if (!id || !version?.startsWith('$')) return id && version ? { id, version } : undefined;
    return { id, version: String((await this.#templateVersion({ id, version }))?.VersionNumber) };
  }

  async #templateVersion({ id, version }: LaunchTemplate): Promise<LaunchTemplateVersion | undefined> {
    const command = new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: id, Versions: [version] });
    return (await this.#clients.ec2.send(command)).LaunchTemplateVersions?.[0];
  }

  /** Returns what each of these instances was launched from, by its id. */
  async launchTemplates(ids: string[]): Promise<Map<string, LaunchTemplate>> {
    const Filters = [{ Name: 'instance-id', Values: ids }];
    const { Reservations = [] } = await this.#clients.ec2.send(new DescribeInstancesCommand({ Filters }));
    const found = Reservations.flatMap(({ Instances = [] }) => Instances).flatMap((instance) => {
      const template = templateOf(instance);
      return template ? [[instance.InstanceId ?? '', template] as const] : [];
    });
    return new Map(found);
  }

  async #instances(group: AutoScalingGroup, vpcs: Map<string, string>): Promise<DesiredInstance[]> {
    const ids = (group.Instances ?? []).map((instance) => instance.InstanceId ?? '');
    if (ids.length === 0) return [];
    const { Reservations = [] } = await this.#clients.ec2.send(new DescribeInstancesCommand({ InstanceIds: ids }));
    const instances = Reservations.flatMap((reservation) => reservation.Instances ?? []).filter(isDesired);
    return Promise.all(instances.map((instance) => this.#instance(instance, group.AutoScalingGroupName ?? '', vpcs)));
  }

  async #instance(instance: Instance, group: string, vpcs: Map<string, string>): Promise<DesiredInstance> {
    const template = await this.#templateData(instance);
    return {
      id: instance.InstanceId ?? '',
      group,
      address: instance.PrivateIpAddress ?? '',
      cidr: vpcs.get(instance.VpcId ?? '') ?? '',
      instanceType: instance.InstanceType ?? '',
      imageId: instance.ImageId ?? '',
      zone: instance.Placement?.AvailabilityZone ?? '',
      role: await this.#role(template),
      launchTemplate: templateOf(instance),
      diskGigabytes: rootDiskGigabytes(template, instance.RootDeviceName),
      userData: await this.#instanceUserData(instance.InstanceId ?? ''),
    };
  }

  #instanceUserData(id: string): Promise<string> {
    return this.#remember(`instance ${id}`, async () => {
      const command = new DescribeInstanceAttributeCommand({ InstanceId: id, Attribute: 'userData' });
      return decode((await this.#clients.ec2.send(command)).UserData?.Value);
    });
  }

  async #templateData(instance: Instance): Promise<ResponseLaunchTemplateData | undefined> {
    const template = templateOf(instance);
    if (!template) return undefined;
    const { id, version } = template;
    const read = () => this.#templateVersion(template);
    return (await this.#remember(`template ${id} ${version}`, read))?.LaunchTemplateData;
  }

  // moto launches instances without the instance profile of their launch template.
  async #role(template: ResponseLaunchTemplateData | undefined): Promise<string | undefined> {
    const profile = template?.IamInstanceProfile;
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

// Of a Debian image. The disks of other mappings are not there in the rehearsal.
const imageGigabytes = 8;

function rootDiskGigabytes(template: ResponseLaunchTemplateData | undefined, rootDevice: string | undefined): number {
  const root = template?.BlockDeviceMappings?.find(({ DeviceName }) => DeviceName === rootDevice);
  return root?.Ebs?.VolumeSize ?? imageGigabytes;
}

function isDesired(instance: Instance): boolean {
  return instance.State?.Name === 'running' || instance.State?.Name === 'pending';
}

// The emulator's group says that all of its instances were launched from the group's current template.
function templateOf({ Tags: tags = [] }: Instance): LaunchTemplate | undefined {
  const tag = (name: string) => tags.find(({ Key }) => Key === `aws:ec2launchtemplate:${name}`)?.Value;
  const [id, version] = [tag('id'), tag('version')];
  return id && version ? { id, version } : undefined;
}

function decode(base64: string | undefined): string {
  return Buffer.from(base64 ?? '', 'base64').toString();
}
