import { DescribeSecurityGroupsCommand, type EC2Client, type IpPermission } from '@aws-sdk/client-ec2';
import type { Permission, SecurityGroup } from './desired-state.ts';

/** Reads the security groups with their rules. */
export async function readSecurityGroups(client: EC2Client): Promise<SecurityGroup[]> {
  const { SecurityGroups = [] } = await client.send(new DescribeSecurityGroupsCommand({}));
  return SecurityGroups.map(({ GroupId = '', IpPermissions = [], IpPermissionsEgress = [] }) => ({
    id: GroupId,
    ingress: IpPermissions.map(permission),
    egress: IpPermissionsEgress.map(permission),
  }));
}

function permission({
  IpProtocol = '-1',
  FromPort,
  ToPort,
  IpRanges = [],
  UserIdGroupPairs = [],
}: IpPermission): Permission {
  const hasPorts = (IpProtocol === 'tcp' || IpProtocol === 'udp') && FromPort !== undefined && FromPort >= 0;
  return {
    protocol: IpProtocol,
    ports: hasPorts ? { from: FromPort, to: ToPort ?? FromPort } : undefined,
    peers: {
      cidrs: IpRanges.map(({ CidrIp = '' }) => CidrIp),
      groups: UserIdGroupPairs.map(({ GroupId = '' }) => GroupId),
    },
  };
}
