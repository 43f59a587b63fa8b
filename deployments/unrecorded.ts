import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DeleteLaunchTemplateCommand,
  DescribeLaunchTemplatesCommand,
  DescribeRouteTablesCommand,
  DescribeTagsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetInstanceProfileCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { HeadBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ResourceChange } from '../terraform/plan.ts';
import { type Access, clientConfiguration } from './access.ts';
import { storeClient } from './s3.ts';

/** A resource that exists and is not in the state, with the id by which Terraform imports it. */
export interface UnrecordedResource {
  address: string;
  id: string;
  /** True where the state holds another one, which it replaces: it cannot be imported beside that one. */
  replacement?: true;
}

/** The attributes that a plan wants to give a resource; those that are known only after the apply are missing. */
type Planned = Record<string, unknown>;

type Finder = (planned: Planned) => Promise<string | undefined>;

/**
 * Finds those resources of a plan's creations that exist already. A killed Terraform leaves them: it had created them and
 * not yet written the state. Types that are missing here can be created a second time without harm.
 */
export async function findUnrecorded(
  access: Access,
  changes: readonly ResourceChange[],
): Promise<UnrecordedResource[]> {
  const finders = findersFor(access);
  const replaced = replacedAddresses(changes);
  const found = await Promise.all(
    changes
      .filter((change) => mayExist(change, replaced))
      .map(async ({ address, type, change }) => {
        const id = await finders[type]?.(change.after ?? {});
        return id === undefined ? [] : [{ address, id, ...(replaced.has(address) && { replacement: true as const }) }];
      }),
  );
  return found.flat();
}

// Of what is replaced, only a launch template is created before the old one goes and has a name that it cannot share.
function mayExist({ address, type, change }: ResourceChange, replaced: ReadonlySet<string>): boolean {
  return change.actions.includes('create') && (!replaced.has(address) || type === 'aws_launch_template');
}

// Terraform sets the old object aside before it creates the new one; killed between the two, it plans them apart.
function replacedAddresses(changes: readonly ResourceChange[]): Set<string> {
  const replaced = changes.filter(({ deposed, change: { actions } }) =>
    deposed === undefined ? actions.includes('create') && actions.includes('delete') : true,
  );
  return new Set(replaced.map(({ address }) => address));
}

/** Removes a launch template that nothing uses. */
export async function removeLaunchTemplate(access: Access, LaunchTemplateId: string): Promise<void> {
  await new EC2Client(clientConfiguration(access)).send(new DeleteLaunchTemplateCommand({ LaunchTemplateId }));
}

/** What is to be done with the unrecorded resources of a cloud. */
export function unrecordedIn(access: Access) {
  return {
    find: (changes: readonly ResourceChange[]) => findUnrecorded(access, changes),
    removeTemplate: (id: string) => removeLaunchTemplate(access, id),
  };
}

function findersFor(access: Access): Record<string, Finder> {
  const configuration = clientConfiguration(access);
  return {
    ...ec2Finders(new EC2Client(configuration)),
    ...balancingFinders(new ElasticLoadBalancingV2Client(configuration)),
    ...identityFinders(new IAMClient(configuration)),
    ...storeFinders(storeClient(access)),
    ...fleetFinders(new AutoScalingClient(configuration)),
    ...logFinders(new CloudWatchLogsClient(configuration)),
  };
}

/** The type of each EC2 resource in the API of tags, by its type in Terraform. */
const ec2Types = {
  aws_vpc: 'vpc',
  aws_internet_gateway: 'internet-gateway',
  aws_subnet: 'subnet',
  aws_route_table: 'route-table',
  aws_security_group: 'security-group',
  aws_vpc_security_group_ingress_rule: 'security-group-rule',
  aws_vpc_security_group_egress_rule: 'security-group-rule',
};

// EC2 tags a resource in the call that creates it, and the stack gives each resource a Name of its own.
function ec2Finders(client: EC2Client): Record<string, Finder> {
  const byName =
    (type: string): Finder =>
    async ({ tags }) => {
      const { Name: name } = (tags ?? {}) as { Name?: string };
      if (!name) return undefined;
      const Filters = Object.entries({ key: 'Name', value: name, 'resource-type': type }).map(([Name, value]) => ({
        Name,
        Values: [value],
      }));
      const { Tags = [] } = await client.send(new DescribeTagsCommand({ Filters }));
      return Tags[0]?.ResourceId;
    };
  return {
    ...Object.fromEntries(Object.entries(ec2Types).map(([terraformType, type]) => [terraformType, byName(type)])),
    aws_launch_template: named(async (name) => {
      const command = new DescribeLaunchTemplatesCommand({ LaunchTemplateNames: [name] });
      return (await client.send(command)).LaunchTemplates?.[0]?.LaunchTemplateId;
    }),
    aws_route_table_association: async ({ subnet_id: subnet, route_table_id: table }) => {
      if (!subnet || !table) return undefined;
      const Filters = [{ Name: 'association.subnet-id', Values: [String(subnet)] }];
      const { RouteTables = [] } = await client.send(new DescribeRouteTablesCommand({ Filters }));
      return RouteTables.some(({ RouteTableId }) => RouteTableId === table) ? `${subnet}/${table}` : undefined;
    },
  };
}

function balancingFinders(client: ElasticLoadBalancingV2Client): Record<string, Finder> {
  return {
    aws_lb: named(async (name) => {
      const { LoadBalancers = [] } = await client.send(new DescribeLoadBalancersCommand({ Names: [name] }));
      return LoadBalancers[0]?.LoadBalancerArn;
    }),
    aws_lb_target_group: named(async (name) => {
      const { TargetGroups = [] } = await client.send(new DescribeTargetGroupsCommand({ Names: [name] }));
      return TargetGroups[0]?.TargetGroupArn;
    }),
    aws_lb_listener: async ({ load_balancer_arn: balancer, port }) => {
      if (!balancer) return undefined;
      const { Listeners = [] } = await client.send(new DescribeListenersCommand({ LoadBalancerArn: String(balancer) }));
      return Listeners.find(({ Port }) => Port === port)?.ListenerArn;
    },
    aws_lb_listener_rule: async ({ listener_arn: listener, priority }) => {
      if (!listener) return undefined;
      const { Rules = [] } = await client.send(new DescribeRulesCommand({ ListenerArn: String(listener) }));
      return Rules.find(({ Priority }) => Priority === String(priority))?.RuleArn;
    },
  };
}

function identityFinders(client: IAMClient): Record<string, Finder> {
  return {
    aws_iam_role: named(async (RoleName) => (await client.send(new GetRoleCommand({ RoleName }))).Role?.RoleName),
    aws_iam_instance_profile: named(async (InstanceProfileName) => {
      const { InstanceProfile } = await client.send(new GetInstanceProfileCommand({ InstanceProfileName }));
      return InstanceProfile?.InstanceProfileName;
    }),
  };
}

function storeFinders(client: S3Client): Record<string, Finder> {
  return {
    aws_s3_bucket: async ({ bucket }) =>
      bucket
        ? unlessMissing(async () => {
            await client.send(new HeadBucketCommand({ Bucket: String(bucket) }));
            return String(bucket);
          })
        : undefined,
  };
}

function fleetFinders(client: AutoScalingClient): Record<string, Finder> {
  return {
    aws_autoscaling_group: named(async (name) => {
      const command = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] });
      return (await client.send(command)).AutoScalingGroups?.[0]?.AutoScalingGroupName;
    }),
  };
}

function logFinders(client: CloudWatchLogsClient): Record<string, Finder> {
  return {
    aws_cloudwatch_log_group: named(async (name) => {
      const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
      return logGroups.find(({ logGroupName }) => logGroupName === name)?.logGroupName;
    }),
  };
}

function named(find: (name: string) => Promise<string | undefined>): Finder {
  return async ({ name }) => (name ? unlessMissing(() => find(String(name))) : undefined);
}

const missing = /NotFound|NoSuch/;

async function unlessMissing(find: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await find();
  } catch (error) {
    if (missing.test((error as Error).name)) return undefined;
    throw error;
  }
}
