import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import { Construct } from 'constructs';

export interface FirewallProps {
  /** The prefix of the groups' names. */
  name: string;
  vpcId: string;
}

type Peer = { cidrIpv4: string } | { referencedSecurityGroupId: string };

const internet: Peer = { cidrIpv4: '0.0.0.0/0' };

/**
 * The security groups: the balancer accepts the internet on ports 80 and 443, machines accept the balancer alone on 443
 * and reach the internet on 80 and 443 (packages, AWS). There is no SSH.
 */
export class Firewall extends Construct {
  readonly balancer: SecurityGroup;
  readonly machines: SecurityGroup;

  constructor(scope: Construct, id: string, props: FirewallProps) {
    super(scope, id);
    this.balancer = this.#createGroup('balancer', props, 'The load balancer: the world on 80 and 443');
    this.machines = this.#createGroup('machines', props, 'The machines: the load balancer alone');
    for (const port of [80, 443]) this.#allowIn(`balancer-in-${port}`, this.balancer, internet, port);
    this.#allowOut('balancer-out', this.balancer, { referencedSecurityGroupId: this.machines.id }, 443);
    this.#allowIn('machines-in', this.machines, { referencedSecurityGroupId: this.balancer.id }, 443);
    for (const port of [80, 443]) this.#allowOut(`machines-out-${port}`, this.machines, internet, port);
  }

  #createGroup(id: string, { name, vpcId }: FirewallProps, description: string): SecurityGroup {
    return new SecurityGroup(this, id, { name: `${name}-${id}`, description, vpcId });
  }

  #allowIn(id: string, group: SecurityGroup, source: Peer, port: number): void {
    new VpcSecurityGroupIngressRule(this, id, { securityGroupId: group.id, ...source, ...tcp(port) });
  }

  #allowOut(id: string, group: SecurityGroup, destination: Peer, port: number): void {
    new VpcSecurityGroupEgressRule(this, id, { securityGroupId: group.id, ...destination, ...tcp(port) });
  }
}

function tcp(port: number) {
  return { ipProtocol: 'tcp', fromPort: port, toPort: port };
}
