import {
  type Listener as AwsListener,
  type LoadBalancer as AwsLoadBalancer,
  type Rule as AwsRule,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { balancerAddress } from '../network/addresses.ts';
import type { Listener, LoadBalancer, Rule } from './desired-state.ts';
import { actionOf, conditionOf } from './listener-rules.ts';

/** Reads the load balancers and their listeners; `subnets` has the networks of the subnets, by their ids. */
export async function readLoadBalancers(
  client: ElasticLoadBalancingV2Client,
  subnets: ReadonlyMap<string, string>,
): Promise<LoadBalancer[]> {
  const { LoadBalancers = [] } = await client.send(new DescribeLoadBalancersCommand({}));
  return Promise.all(
    LoadBalancers.map(async (balancer, index) => ({
      id: balancer.LoadBalancerArn?.split(':loadbalancer/')[1] ?? '',
      address: addressOf(balancer, index, subnets),
      securityGroups: balancer.SecurityGroups ?? [],
      idleTimeoutSeconds: await idleTimeout(client, balancer),
      listeners: await listenersOf(client, balancer),
    })),
  );
}

// AWS gives a balancer an address in each subnet; the emulator knows none.
function addressOf({ AvailabilityZones = [] }: AwsLoadBalancer, index: number, subnets: ReadonlyMap<string, string>) {
  const subnet = subnets.get(AvailabilityZones[0]?.SubnetId ?? '');
  return subnet ? balancerAddress(subnet, index) : '';
}

async function idleTimeout(
  client: ElasticLoadBalancingV2Client,
  { LoadBalancerArn }: AwsLoadBalancer,
): Promise<number> {
  const { Attributes = [] } = await client.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }));
  return Number(Attributes.find(({ Key }) => Key === 'idle_timeout.timeout_seconds')?.Value ?? 60);
}

async function listenersOf(
  client: ElasticLoadBalancingV2Client,
  { LoadBalancerArn }: AwsLoadBalancer,
): Promise<Listener[]> {
  const { Listeners = [] } = await client.send(new DescribeListenersCommand({ LoadBalancerArn }));
  return Promise.all(Listeners.map((found) => listener(client, found)));
}

async function listener(client: ElasticLoadBalancingV2Client, found: AwsListener): Promise<Listener> {
  const { ListenerArn, Port = 0, Protocol, DefaultActions } = found;
  const { Rules = [] } = await client.send(new DescribeRulesCommand({ ListenerArn }));
  const others = Rules.filter(({ IsDefault }) => !IsDefault).sort(byPriority);
  return {
    arn: ListenerArn ?? '',
    port: Port,
    protocol: Protocol === 'HTTPS' ? 'HTTPS' : 'HTTP',
    rules: [...others.map(rule), { conditions: [], action: actionOf(DefaultActions) }],
  };
}

function byPriority(left: AwsRule, right: AwsRule): number {
  return Number(left.Priority) - Number(right.Priority);
}

function rule({ Conditions = [], Actions }: AwsRule): Rule {
  return { conditions: Conditions.map(conditionOf), action: actionOf(Actions) };
}
