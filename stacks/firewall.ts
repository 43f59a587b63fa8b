import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import { Construct } from 'constructs';

export interface FirewallProps {
  /** The prefix of the groups' names. */
  name: string;
  vpcId: string;
  /** The ports that the monitoring machine reaches; undefined where there is none. */
  monitoring?: MonitoringPorts | undefined;
}

/** Ports of the machines' metrics and, where there is one, of an Alertmanager somewhere. */
export interface MonitoringPorts {
  metrics: number;
  alertmanager: number | undefined;
}

/** One side of a connection that a rule allows, and the other side's port. */
interface Traffic {
  /** What the rule is for. */
  description: string;
  peer: { cidrIpv4: string } | { referencedSecurityGroupId: string };
  port: number;
}

const internet: Traffic['peer'] = { cidrIpv4: '0.0.0.0/0' };

/**
 * The security groups: the balancer accepts the internet on ports 80 and 443, machines accept the balancer alone on 443
 * and reach the internet on 80 and 443 (packages, AWS). The monitoring machine accepts the balancer alone, and alone reaches the
 * machines' metrics. There is no SSH.
 */
export class Firewall extends Construct {
  readonly balancer: SecurityGroup;
  readonly machines: SecurityGroup;
  readonly monitoring: SecurityGroup | undefined;

  constructor(scope: Construct, id: string, props: FirewallProps) {
    super(scope, id);
    this.balancer = this.#createGroup('balancer', props, 'The load balancer: the world on 80 and 443');
    this.machines = this.#createGroup('machines', props, 'The machines: the load balancer alone');
    const [balancer, machines] = [referenceTo(this.balancer), referenceTo(this.machines)];
    for (const port of [80, 443])
      this.#allowIn(`balancer-in-${port}`, this.balancer, { description: 'Clients', peer: internet, port });
    this.#allowOut('balancer-out', this.balancer, { description: 'The machines', peer: machines, port: 443 });
    this.#allowIn('machines-in', this.machines, { description: 'The load balancer', peer: balancer, port: 443 });
    this.#allowInternet('machines', this.machines);
    this.monitoring = props.monitoring && this.#admitMonitoring(props, props.monitoring);
  }

  #admitMonitoring(props: FirewallProps, ports: MonitoringPorts): SecurityGroup {
    const group = this.#createGroup('monitoring', props, 'The monitoring machine: the load balancer alone');
    const [balancer, machines, monitoring] = [
      referenceTo(this.balancer),
      referenceTo(this.machines),
      referenceTo(group),
    ];
    const dashboard = { port: 443 };
    const metrics = { port: ports.metrics };
    this.#allowOut('dashboard-out', this.balancer, { description: 'The dashboard', peer: monitoring, ...dashboard });
    this.#allowIn('dashboard-in', group, { description: 'The load balancer', peer: balancer, ...dashboard });
    this.#allowOut('metrics-out', group, { description: 'Metrics of the machines', peer: machines, ...metrics });
    this.#allowIn('metrics-in', this.machines, { description: 'The monitoring machine', peer: monitoring, ...metrics });
    this.#allowInternet('monitoring', group);
    const { alertmanager } = ports;
    if (alertmanager !== undefined && ![80, 443].includes(alertmanager))
      this.#allowOut('alerts-out', group, { description: 'The Alertmanager', peer: internet, port: alertmanager });
    return group;
  }

  #allowInternet(id: string, group: SecurityGroup): void {
    for (const port of [80, 443])
      this.#allowOut(`${id}-out-${port}`, group, { description: 'Packages and AWS', peer: internet, port });
  }

  #createGroup(id: string, { name, vpcId }: FirewallProps, description: string): SecurityGroup {
    return new SecurityGroup(this, id, { name: `${name}-${id}`, description, vpcId });
  }

  #allowIn(id: string, { id: securityGroupId }: SecurityGroup, traffic: Traffic): void {
    new VpcSecurityGroupIngressRule(this, id, { securityGroupId, ...ruleOf(traffic) });
  }

  #allowOut(id: string, { id: securityGroupId }: SecurityGroup, traffic: Traffic): void {
    new VpcSecurityGroupEgressRule(this, id, { securityGroupId, ...ruleOf(traffic) });
  }
}

function referenceTo({ id }: SecurityGroup): Traffic['peer'] {
  return { referencedSecurityGroupId: id };
}

function ruleOf({ description, peer, port }: Traffic) {
  return { description, ...peer, ipProtocol: 'tcp', fromPort: port, toPort: port };
}
