import {
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeInstanceTypesCommand,
  DescribeLaunchTemplateVersionsCommand,
  type Instance,
  type LaunchTemplateVersion,
  type ResponseLaunchTemplateData,
} from '@aws-sdk/client-ec2';
import { GetInstanceProfileCommand } from '@aws-sdk/client-iam';
import type { Clients } from './clients.ts';
import type { DesiredInstance, LaunchTemplate } from './desired-state.ts';

/** Reads the instances from the emulator; what cannot change of an instance is read once. */
export class InstanceReader {
  readonly #clients: Pick<Clients, 'ec2' | 'iam'>;
  readonly #constants = new Map<string, Promise<unknown>>();

  constructor(clients: Pick<Clients, 'ec2' | 'iam'>) {
    this.#clients = clients;
  }

  /** Reads the instances that ought to run in VPCs, whose networks are given by their ids. */
  async read(vpcs: ReadonlyMap<string, string>): Promise<DesiredInstance[]> {
    const filter = { Name: 'instance-state-name', Values: ['pending', 'running'] };
    const { Reservations = [] } = await this.#clients.ec2.send(new DescribeInstancesCommand({ Filters: [filter] }));
    const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
    const inVpcs = instances.filter(({ VpcId = '' }) => vpcs.has(VpcId));
    this.#forgetOthers(instances);
    return Promise.all(inVpcs.map((instance) => this.#instance(instance, vpcs.get(instance.VpcId ?? '') ?? '')));
  }

  /** Reads a version of a launch template, also `$Latest` or `$Default`. */
  async templateVersion({ id, version }: LaunchTemplate): Promise<LaunchTemplateVersion | undefined> {
    const command = new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: id, Versions: [version] });
    return (await this.#clients.ec2.send(command)).LaunchTemplateVersions?.[0];
  }

  async #instance(instance: Instance, cidr: string): Promise<DesiredInstance> {
    const template = await this.#templateData(instance);
    return {
      id: instance.InstanceId ?? '',
      group: tagOf(instance, 'aws:autoscaling:groupName'),
      address: instance.PrivateIpAddress ?? '',
      cidr,
      securityGroups: securityGroupsOf(instance, template),
      instanceType: instance.InstanceType ?? '',
      ...(await this.#sizes(instance.InstanceType)),
      imageId: instance.ImageId ?? '',
      zone: instance.Placement?.AvailabilityZone ?? '',
      role: await this.#role(instance, template),
      launchTemplate: templateOf(instance),
      diskGigabytes: rootDiskGigabytes(template, instance.RootDeviceName),
      userData: await this.#userData(instance.InstanceId ?? ''),
    };
  }

  #userData(id: string): Promise<string> {
    return this.#remember(`instance ${id}`, async () => {
      const command = new DescribeInstanceAttributeCommand({ InstanceId: id, Attribute: 'userData' });
      return decode((await this.#clients.ec2.send(command)).UserData?.Value);
    });
  }

  #sizes(type: Instance['InstanceType']): Promise<Pick<DesiredInstance, 'processors' | 'memoryMebibytes'>> {
    return this.#remember(`type ${type}`, async () => {
      const command = new DescribeInstanceTypesCommand({ InstanceTypes: type ? [type] : [] });
      const { VCpuInfo, MemoryInfo } = (await this.#clients.ec2.send(command)).InstanceTypes?.[0] ?? {};
      return { processors: VCpuInfo?.DefaultVCpus ?? 1, memoryMebibytes: MemoryInfo?.SizeInMiB ?? 1024 };
    });
  }

  async #templateData(instance: Instance): Promise<ResponseLaunchTemplateData | undefined> {
    const template = templateOf(instance);
    if (!template) return undefined;
    const { id, version } = template;
    const read = () => this.templateVersion(template);
    return (await this.#remember(`template ${id} ${version}`, read))?.LaunchTemplateData;
  }

  // moto launches instances without the instance profile of their launch template.
  async #role({ IamInstanceProfile }: Instance, template: ResponseLaunchTemplateData | undefined) {
    const profile = template?.IamInstanceProfile;
    const name = profile?.Name ?? (profile?.Arn ?? IamInstanceProfile?.Arn)?.split('/').at(-1);
    if (!name) return undefined;
    return this.#remember(`profile ${name}`, async () => {
      const command = new GetInstanceProfileCommand({ InstanceProfileName: name });
      return (await this.#clients.iam.send(command)).InstanceProfile?.Roles?.[0]?.RoleName;
    });
  }

  // User data may be large, and instances come and go.
  #forgetOthers(instances: readonly Instance[]): void {
    const kept = new Set(instances.map(({ InstanceId }) => `instance ${InstanceId}`));
    for (const key of this.#constants.keys())
      if (key.startsWith('instance ') && !kept.has(key)) this.#constants.delete(key);
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

// Nor with the security groups of its network interface.
function securityGroupsOf({ SecurityGroups = [] }: Instance, template: ResponseLaunchTemplateData | undefined) {
  const ofInterface = template?.NetworkInterfaces?.[0]?.Groups ?? [];
  return ofInterface.length > 0 ? ofInterface : SecurityGroups.map(({ GroupId = '' }) => GroupId);
}

// Of a Debian image. The disks of other mappings are not there in the rehearsal.
const imageGigabytes = 8;

function rootDiskGigabytes(template: ResponseLaunchTemplateData | undefined, rootDevice: string | undefined): number {
  const root = template?.BlockDeviceMappings?.find(({ DeviceName }) => DeviceName === rootDevice);
  return root?.Ebs?.VolumeSize ?? imageGigabytes;
}

// The emulator's group says that all of its instances were launched from the group's current template.
function templateOf(instance: Instance): LaunchTemplate | undefined {
  const id = tagOf(instance, 'aws:ec2launchtemplate:id');
  const version = tagOf(instance, 'aws:ec2launchtemplate:version');
  return id && version ? { id, version } : undefined;
}

function tagOf({ Tags = [] }: Instance, name: string): string | undefined {
  return Tags.find(({ Key }) => Key === name)?.Value;
}

function decode(base64: string | undefined): string {
  return Buffer.from(base64 ?? '', 'base64').toString();
}
