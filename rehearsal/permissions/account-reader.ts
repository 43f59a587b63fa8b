import {
  DescribeAutoScalingInstancesCommand,
  DescribeTagsCommand as DescribeGroupTagsCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  DescribeLaunchTemplateVersionsCommand,
  DescribeRouteTablesCommand,
  DescribeTagsCommand,
  type LaunchTemplateSpecification,
} from '@aws-sdk/client-ec2';
import { DescribeTagsCommand as DescribeBalancingTagsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetInstanceProfileCommand, GetRoleCommand, type Role } from '@aws-sdk/client-iam';
import type { Clients } from '../emulator/clients.ts';

export type ReaderClients = Pick<Clients, 'autoScaling' | 'balancing' | 'ec2' | 'iam'>;

/** Reads from the emulator, past the gateway, what a decision depends on beside the call. */
export class AccountReader {
  readonly #clients: ReaderClients;

  constructor(clients: ReaderClients) {
    this.#clients = clients;
  }

  /** Returns the tags of a resource; none for the services of which they are not read. */
  async tagsOf(arn: string): Promise<[key: string, value: string][]> {
    const tags = await this.#tags(arn.split(':')[2] ?? '', arn, arn.split('/').at(-1) ?? '');
    return tags.map(({ Key, Value }) => [Key ?? '', Value ?? '']);
  }

  /** Undefined where there is no such role. */
  async role(RoleName: string): Promise<Role | undefined> {
    return this.#clients.iam.send(new GetRoleCommand({ RoleName })).then(({ Role }) => Role, missing);
  }

  async rolesOfProfile(InstanceProfileName: string): Promise<string[]> {
    const command = new GetInstanceProfileCommand({ InstanceProfileName });
    const found = await this.#clients.iam.send(command).catch(missing);
    return (found?.InstanceProfile?.Roles ?? []).map(({ Arn = '' }) => Arn);
  }

  /** Returns the name of the Auto Scaling group of an instance. */
  async groupOf(instance: string): Promise<string | undefined> {
    const command = new DescribeAutoScalingInstancesCommand({ InstanceIds: [instance] });
    return (await this.#clients.autoScaling.send(command)).AutoScalingInstances?.[0]?.AutoScalingGroupName;
  }

  /** Returns the ids of the route table and the subnet that are associated. */
  async associated(id: string): Promise<string[]> {
    const Filters = [{ Name: 'association.route-table-association-id', Values: [id] }];
    const { RouteTables: tables = [] } = await this.#clients.ec2.send(new DescribeRouteTablesCommand({ Filters }));
    return tables.flatMap(({ RouteTableId, Associations = [] }) => {
      const subnet = Associations.find((association) => association.RouteTableAssociationId === id)?.SubnetId;
      return [RouteTableId, subnet].filter((value) => value !== undefined);
    });
  }

  /** Returns a version of a launch template, by its id or its name. */
  async launchTemplate({ LaunchTemplateId, LaunchTemplateName, Version }: LaunchTemplateSpecification) {
    const template = LaunchTemplateId ? { LaunchTemplateId } : { LaunchTemplateName };
    const command = new DescribeLaunchTemplateVersionsCommand({ ...template, Versions: [Version ?? '$Default'] });
    return (await this.#clients.ec2.send(command).catch(missing))?.LaunchTemplateVersions?.[0];
  }

  async #tags(
    service: string,
    arn: string,
    id: string,
  ): Promise<{ Key?: string | undefined; Value?: string | undefined }[]> {
    const { autoScaling, balancing, ec2 } = this.#clients;
    const filters = (name: string) => ({ Filters: [{ Name: name, Values: [id] }] });
    if (service === 'ec2') return (await ec2.send(new DescribeTagsCommand(filters('resource-id')))).Tags ?? [];
    if (service === 'autoscaling')
      return (await autoScaling.send(new DescribeGroupTagsCommand(filters('auto-scaling-group')))).Tags ?? [];
    if (service === 'iam') return arn.includes(':role/') ? ((await this.role(id))?.Tags ?? []) : [];
    if (service !== 'elasticloadbalancing') return [];
    const command = new DescribeBalancingTagsCommand({ ResourceArns: [arn] });
    return (await balancing.send(command).catch(missing))?.TagDescriptions?.[0]?.Tags ?? [];
  }
}

function missing(error: Error): undefined {
  if (!/NoSuchEntity|NotFound/.test(error.name)) throw error;
}
