import { DataAwsAvailabilityZones } from '@cdktf/provider-aws/lib/data-aws-availability-zones/index.js';
import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group/index.js';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway/index.js';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table/index.js';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association/index.js';
import { Subnet } from '@cdktf/provider-aws/lib/subnet/index.js';
import { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import type { Settings } from '../stages/settings.ts';

/**
 * A VPC with a public subnet in each of two availability zones; each subnet takes a quarter of its addresses. Its default
 * security group, which AWS makes, allows nothing.
 */
export class Network extends Construct {
  readonly vpc: Vpc;
  readonly subnets: Subnet[];
  /** The subnets' routes to the internet; what the internet reaches must be built after them. */
  readonly routes: RouteTableAssociation[];

  constructor(scope: Construct, id: string, { cidr }: Settings['network']) {
    super(scope, id);
    this.vpc = new Vpc(this, 'vpc', { cidrBlock: cidr, enableDnsSupport: true });
    new DefaultSecurityGroup(this, 'default-security-group', { vpcId: this.vpc.id });
    const gateway = new InternetGateway(this, 'internet-gateway', { vpcId: this.vpc.id });
    const routes = new RouteTable(this, 'routes', {
      vpcId: this.vpc.id,
      route: [{ cidrBlock: '0.0.0.0/0', gatewayId: gateway.id }],
    });
    const zones = new DataAwsAvailabilityZones(this, 'zones', {
      state: 'available',
      filter: [{ name: 'opt-in-status', values: ['opt-in-not-required'] }],
    });
    this.subnets = [0, 1].map(
      (index) =>
        new Subnet(this, `subnet-${index}`, {
          vpcId: this.vpc.id,
          availabilityZone: Fn.element(zones.names, index),
          cidrBlock: Fn.cidrsubnet(cidr, 2, index),
          // A zone that AWS adds must not move a subnet, which would replace it.
          lifecycle: { ignoreChanges: ['availability_zone'] },
        }),
    );
    this.routes = this.subnets.map(
      ({ id: subnetId }, index) =>
        new RouteTableAssociation(this, `routes-${index}`, { subnetId, routeTableId: routes.id }),
    );
  }
}
