import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import { Construct } from 'constructs';

export interface FirewallProps {
  /** The prefix of the groups' names. */
  name: string;
  vpcId: string;
}

const anywhere = '0.0.0.0/0';

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
    this.#addBalancerRules();
    this.#addMachineRules();
  }

  #createGroup(id: string, props: FirewallProps, description: string): SecurityGroup {
    return new SecurityGroup(this, id, { name: `${props.name}-${id}`, description, vpcId: props.vpcId });
  }

  #addBalancerRules(): void {
    for (const port of [80, 443]) {
      new VpcSecurityGroupIngressRule(this, `balancer-in-${port}`, {
        securityGroupId: this.balancer.id,
        cidrIpv4: anywhere,
        ...tcp(port),
      });
    }
    new VpcSecurityGroupEgressRule(this, 'balancer-out', {
      securityGroupId: this.balancer.id,
      referencedSecurityGroupId: this.machines.id,
      ...tcp(443),
    });
  }

  #addMachineRules(): void {
    new VpcSecurityGroupIngressRule(this, 'machines-in', {
      securityGroupId: this.machines.id,
      referencedSecurityGroupId: this.balancer.id,
      ...tcp(443),
    });
    for (const port of [80, 443]) {
      new VpcSecurityGroupEgressRule(this, `machines-out-${port}`, {
        securityGroupId: this.machines.id,
        cidrIpv4: anywhere,
        ...tcp(port),
      });
    }
  }
}

function tcp(port: number) {
  return { ipProtocol: 'tcp', fromPort: port, toPort: port };
}
