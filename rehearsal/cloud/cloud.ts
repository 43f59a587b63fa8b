import { balancerConfiguration } from '../balancer/configuration.ts';
import { assignPorts, type BalancerPorts, freePort, portsOf } from '../balancer/listener-ports.ts';
import type { NginxBalancer } from '../balancer/nginx-balancer.ts';
import { type Clock, systemClock } from '../clock.ts';
import { type DesiredState, nothingDesired } from '../emulator/desired-state.ts';
import type { Target } from '../gateway/target-health.ts';
import { checkHealth } from '../health/check.ts';
import type { Log } from '../log.ts';
import type { VpcNetwork } from '../network/vpc-network.ts';
import { planFleet } from './fleet-plan.ts';
import { HealthWatch } from './health-watch.ts';
import { Lifecycle, type LifecycleProps } from './lifecycle.ts';
import { type FleetMember, isStaying } from './member.ts';
import { ReconcileLoop } from './reconcile-loop.ts';
import { openTargets, registrationsOf, targetsOf } from './targets.ts';

export interface CloudProps extends Pick<LifecycleProps, 'bootMachine' | 'terminate' | 'onGone'> {
  /** Reads what Terraform has built so far. */
  readDesiredState: () => Promise<DesiredState>;
  balancer: Pick<NginxBalancer, 'use'>;
  network: Pick<VpcNetwork, 'follow'>;
  ports: BalancerPorts;
  log: Log;
  check?: typeof checkHealth;
  clock?: Clock;
}

/** Reconciles machines, network and balancer with what Terraform has built. */
export class Cloud {
  readonly #props: CloudProps;
  readonly #lifecycle: Lifecycle;
  readonly #loop: ReconcileLoop;
  readonly #watch: HealthWatch;
  readonly #clock: Clock;
  readonly #closing = new AbortController();
  #desired = nothingDesired;
  #listenerPorts: ReadonlyMap<string, number> = new Map();
  // As the balancer uses it: a target that is said to be healthy gets requests already.
  #targets: ReadonlyMap<string, FleetMember['targets']> = new Map();

  constructor(props: CloudProps) {
    const { clock = systemClock, check = checkHealth, log } = props;
    const desired = () => this.#desired;
    this.#props = props;
    this.#clock = clock;
    this.#lifecycle = new Lifecycle({ ...props, desired, clock, balance: () => this.#balance() });
    this.#loop = new ReconcileLoop({ reconcile: () => this.#reconcile(), clock, log });
    this.#watch = new HealthWatch({
      members: () => this.members.values(),
      desired,
      check,
      onChange: (member, from, to) => this.#healthChanged(member, from, to),
      onUnhealthy: (member) => this.#lifecycle.replaceUnhealthy(member),
      clock,
    });
  }

  /** The actual fleet, by the instances' ids. */
  get members(): ReadonlyMap<string, FleetMember> {
    return this.#lifecycle.members;
  }

  get desired(): DesiredState {
    return this.#desired;
  }

  /** Starts to reconcile and to check the machines' health. */
  run(): void {
    void this.#loop.run(this.#closing.signal);
    void this.#watch.run(this.#closing.signal);
  }

  /** Reconciles at once, because the desired state may have changed. */
  trigger(): void {
    this.#loop.trigger();
  }

  /** Stops reconciling and powers off every machine. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#lifecycle.close();
  }

  /** Returns the targets of a target group that are members of the fleet. */
  targetsOf(arn: string): Target[] {
    const members = [...this.members.values()];
    const inUse = members.map((member) => ({ ...member, targets: this.#targets.get(member.instance.id) ?? new Map() }));
    return targetsOf(arn, inUse);
  }

  /** Tells whether the machine of an instance has been there and is removed. */
  isGone(instance: string): boolean {
    return this.#lifecycle.isGone(instance);
  }

  /** Tells whether there is a port of this host for one more listener on `port`. */
  hasListenerPort(port: number): boolean {
    return freePort(port, this.#props.ports, this.#listenerPorts) !== undefined;
  }

  /** Has an instance replaced as if its health checks had failed, whose grace period may be respected. */
  declareUnhealthy(instance: string, respectsGracePeriod: boolean): void {
    const member = this.members.get(instance);
    if (member) member.declaredUnhealthy = { respectsGracePeriod };
  }

  async #reconcile(): Promise<void> {
    this.#desired = await this.#props.readDesiredState();
    await this.#props.network.follow(this.#desired);
    const { boot, retire } = planFleet(this.#desired.instances, this.members);
    for (const instance of boot) void this.#lifecycle.boot(instance);
    for (const member of retire) void this.#lifecycle.retire(member);
    this.#register();
    await this.#balance();
  }

  // A member that leaves is drained by its lifecycle.
  #register(): void {
    for (const member of [...this.members.values()].filter(isStaying))
      member.targets = registrationsOf(member, this.#desired, this.#clock.now());
  }

  async #balance(): Promise<void> {
    const { balancer, ports, log } = this.#props;
    this.#listenerPorts = assignPorts(this.#desired.loadBalancers, ports, this.#listenerPorts);
    const configuration = balancerConfiguration(this.#desired, openTargets(this.members.values()), {
      all: portsOf(ports),
      of: this.#listenerPorts,
    });
    const targets = new Map([...this.members].map(([id, member]) => [id, new Map(member.targets)]));
    await balancer.use(configuration).catch((error: Error) => log('balancer refuses', { error: error.message }));
    this.#targets = targets;
  }

  async #healthChanged({ instance }: FleetMember, from: string, to: string): Promise<void> {
    this.#props.log('health changes', { machine: instance.id, from, to });
    await this.#balance();
  }
}
