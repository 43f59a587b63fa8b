import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import { Construct } from 'constructs';

export interface FirewallProps {
  /** Prefix of the groups' names. */
  name: string;
  vpcId: string;
}

const anywhere = '0.0.0.0/0';

/**
 * Who may speak to whom: the world to the balancer on 80 and 443, the balancer alone to the machines on 443,
 * the machines to the world on 80 and 443 (packages, AWS). Nobody by SSH.
 */
export class Firewall extends Construct {
  readonly balancer: SecurityGroup;
  readonly machines: SecurityGroup;

  constructor(scope: Construct, id: string, props: FirewallProps) {
    super(scope, id);
    this.balancer = this.#group('balancer', props, 'The load balancer: the world on 80 and 443');
    this.machines = this.#group('machines', props, 'The machines: the load balancer alone');
    this.#balancerRules();
    this.#machineRules();
  }

  #group(id: string, props: FirewallProps, description: string): SecurityGroup {
    return new SecurityGroup(this, id, { name: `${props.name}-${id}`, description, vpcId: props.vpcId });
  }

  #balancerRules(): void {
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

  #machineRules(): void {
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
