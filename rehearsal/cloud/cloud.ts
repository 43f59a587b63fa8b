import { balancerConfiguration } from '../balancer/configuration.ts';
import type { NginxBalancer } from '../balancer/nginx-balancer.ts';
import { type Clock, systemClock } from '../clock.ts';
import { type DesiredState, nothingDesired } from '../emulator/desired-state.ts';
import type { Target } from '../gateway/target-health.ts';
import { checkHealth } from '../health/check.ts';
import type { Log } from '../log.ts';
import { vpcRouter } from '../network/commands.ts';
import type { Ports } from '../place.ts';
import type { runAll } from '../run.ts';
import { planFleet } from './fleet-plan.ts';
import { HealthWatch } from './health-watch.ts';
import { Lifecycle, type LifecycleProps } from './lifecycle.ts';
import type { FleetMember } from './member.ts';
import { ReconcileLoop } from './reconcile-loop.ts';
import { healthyTargets, targetsOf } from './targets.ts';

export interface CloudProps extends Pick<LifecycleProps, 'bootMachine' | 'terminate' | 'onGone'> {
  /** Reads what Terraform has built so far. */
  readDesiredState: () => Promise<DesiredState>;
  balancer: Pick<NginxBalancer, 'use'>;
  ports: Ports;
  log: Log;
  /** Runs commands on the host. */
  run: typeof runAll;
  check?: typeof checkHealth;
  clock?: Clock;
}

/** Reconciles machines, routes and balancer with what Terraform has built. */
export class Cloud {
  readonly #props: CloudProps;
  readonly #routed = new Set<string>();
  readonly #lifecycle: Lifecycle;
  readonly #loop: ReconcileLoop;
  readonly #watch: HealthWatch;
  readonly #closing = new AbortController();
  #desired = nothingDesired;

  constructor(props: CloudProps) {
    const { clock = systemClock, check = checkHealth, log } = props;
    const desired = () => this.#desired;
    this.#props = props;
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

  /** Returns the targets of a target group; undefined if there is no such group. */
  targetsOf(arn: string): Target[] | undefined {
    return targetsOf(arn, this.#desired, this.members.values());
  }

  /** Has an instance replaced as if its health checks had failed, whose grace period may be respected. */
  declareUnhealthy(instance: string, respectsGracePeriod: boolean): void {
    const member = this.members.get(instance);
    if (member) member.declaredUnhealthy = { respectsGracePeriod };
  }

  async #reconcile(): Promise<void> {
    this.#desired = await this.#props.readDesiredState();
    for (const cidr of this.#desired.vpcs) await this.#route(cidr);
    const { boot, retire } = planFleet(this.#desired.instances, this.members);
    for (const instance of boot) void this.#lifecycle.boot(instance);
    for (const member of retire) void this.#lifecycle.retire(member);
    await this.#balance();
  }

  async #route(cidr: string): Promise<void> {
    if (this.#routed.has(cidr)) return;
    await this.#props.run(vpcRouter(cidr));
    this.#routed.add(cidr);
  }

  async #balance(): Promise<void> {
    const { balancer, ports, log } = this.#props;
    const configuration = balancerConfiguration(this.#desired, healthyTargets(this.members.values()), ports);
    await balancer.use(configuration).catch((error: Error) => log('balancer refuses', { error: error.message }));
  }

  async #healthChanged({ instance }: FleetMember, from: string, to: string): Promise<void> {
    this.#props.log('health changes', { machine: instance.id, from, to });
    await this.#balance();
  }
}
