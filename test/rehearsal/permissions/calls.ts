import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { IAMClient } from '@aws-sdk/client-iam';
import { AccountReader, type ReaderClients } from '../../../rehearsal/permissions/account-reader.ts';
import type { SignedRequest } from '../../../rehearsal/protocols/call.ts';
import { awsClient } from '../aws-client.ts';

export const scope = { partition: 'aws', region: 'eu-central-1', account: '123456789012' };

/** Makes the ARN of a resource of the account, such as `ec2` and `vpc/vpc-1`. */
export const arn = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:123456789012:${resource}`;

export const role = 'arn:aws:iam::123456789012:role/machines';

/** A request in the Query protocol. */
export function query(service: string, form: string): SignedRequest {
  const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
  return { service, method: 'POST', url: '/', headers, body: Buffer.from(form) };
}

/** A request in a JSON protocol. */
export function json(service: string, target: string, input: object): SignedRequest {
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
  return { service, method: 'POST', url: '/', headers, body: Buffer.from(JSON.stringify(input)) };
}

/** A request of S3. */
export function s3(method: string, url: string, headers: Record<string, string> = {}, body?: string): SignedRequest {
  return { service: 's3', method, url, headers, body: body === undefined ? undefined : Buffer.from(body) };
}

/** The tags that EC2's calls give to what they create. */
export function tagging(type: string): string {
  return `TagSpecification.1.ResourceType=${type}&TagSpecification.1.Tag.1.Key=Stage&TagSpecification.1.Tag.1.Value=a`;
}

const template = {
  LaunchTemplateId: 'lt-1',
  LaunchTemplateData: {
    ImageId: 'ami-1',
    InstanceType: 't3.small',
    SecurityGroupIds: ['sg-1'],
    IamInstanceProfile: { Name: 'profile' },
    TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Stage', Value: 'a' }] }],
  },
};

const answers: Record<string, object> = {
  DescribeLaunchTemplateVersionsCommand: { LaunchTemplateVersions: [template] },
  DescribeAutoScalingInstancesCommand: { AutoScalingInstances: [{ AutoScalingGroupName: 'fleet' }] },
  DescribeRouteTablesCommand: {
    RouteTables: [
      { RouteTableId: 'rtb-1', Associations: [{ RouteTableAssociationId: 'rtbassoc-1', SubnetId: 'subnet-1' }] },
    ],
  },
  DescribeTagsCommand: { Tags: [{ Key: 'Stage', Value: 'a' }] },
  GetInstanceProfileCommand: { InstanceProfile: { Roles: [{ Arn: role }] } },
  GetRoleCommand: {
    Role: { Arn: role, PermissionsBoundary: { PermissionsBoundaryArn: 'arn:boundary' }, RoleId: 'AROA1' },
  },
};

/** Clients of an account with one launch template, group, route table and role; `others` answer further commands. */
export function clients(others: Record<string, object> = {}): ReaderClients {
  const answer = (command: string) => ({ ...answers, ...others })[command] ?? {};
  return {
    autoScaling: awsClient<AutoScalingClient>(answer),
    balancing: awsClient<ElasticLoadBalancingV2Client>(answer),
    ec2: awsClient<EC2Client>(answer),
    iam: awsClient<IAMClient>(answer),
  };
}

export const reader = new AccountReader(clients());
