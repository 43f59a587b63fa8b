import {
  DeleteInternetGatewayCommand,
  DeleteRouteTableCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DescribeInternetGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  DetachInternetGatewayCommand,
  DisassociateRouteTableCommand,
  type EC2Client,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import type { Clients } from './clients.ts';

/** Removes the VPCs with the tag of the prefix, and all in them; fails while something uses them. Returns their ids. */
export async function removeNetworks({ ec2 }: Clients, prefix: string): Promise<string[]> {
  const tagged = { Filters: [{ Name: 'tag:acceptance', Values: [prefix] }] };
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand(tagged));
  const ids = Vpcs.map(({ VpcId = '' }) => VpcId);
  for (const VpcId of ids) {
    const inVpc = { Filters: [{ Name: 'vpc-id', Values: [VpcId] }] };
    await removeGateways(ec2, VpcId);
    await removeSubnets(ec2, inVpc);
    await removeRouteTables(ec2, inVpc);
    await removeSecurityGroups(ec2, inVpc);
    await ec2.send(new DeleteVpcCommand({ VpcId }));
  }
  return ids;
}

interface InVpc {
  Filters: { Name: string; Values: string[] }[];
}

async function removeGateways(ec2: EC2Client, VpcId: string): Promise<void> {
  const attached = { Filters: [{ Name: 'attachment.vpc-id', Values: [VpcId] }] };
  const { InternetGateways = [] } = await ec2.send(new DescribeInternetGatewaysCommand(attached));
  for (const { InternetGatewayId } of InternetGateways) {
    await ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId }));
    await ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId }));
  }
}

async function removeSubnets(ec2: EC2Client, inVpc: InVpc): Promise<void> {
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand(inVpc));
  for (const { SubnetId } of Subnets) await ec2.send(new DeleteSubnetCommand({ SubnetId }));
}

async function removeRouteTables(ec2: EC2Client, inVpc: InVpc): Promise<void> {
  const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand(inVpc));
  const own = RouteTables.filter(({ Associations = [] }) => !Associations.some(({ Main }) => Main));
  for (const { RouteTableId, Associations = [] } of own) {
    for (const { RouteTableAssociationId: AssociationId } of Associations)
      await ec2.send(new DisassociateRouteTableCommand({ AssociationId }));
    await ec2.send(new DeleteRouteTableCommand({ RouteTableId }));
  }
}

// Groups name each other in their rules, so that the rules go first.
async function removeSecurityGroups(ec2: EC2Client, inVpc: InVpc): Promise<void> {
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand(inVpc));
  const own = SecurityGroups.filter(({ GroupName }) => GroupName !== 'default').map(({ GroupId = '' }) => GroupId);
  for (const GroupId of own) await removeRules(ec2, GroupId);
  for (const GroupId of own) await ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
}

async function removeRules(ec2: EC2Client, GroupId: string): Promise<void> {
  const filter = { Filters: [{ Name: 'group-id', Values: [GroupId] }] };
  const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand(filter));
  for (const { IsEgress, SecurityGroupRuleId: id = '' } of SecurityGroupRules) {
    const rules = { GroupId, SecurityGroupRuleIds: [id] };
    if (IsEgress) await ec2.send(new RevokeSecurityGroupEgressCommand(rules));
    else await ec2.send(new RevokeSecurityGroupIngressCommand(rules));
  }
}
