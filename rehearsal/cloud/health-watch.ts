import type { Clock } from '../clock.ts';
import type { DesiredState, TargetGroup } from '../emulator/desired-state.ts';
import type { checkHealth } from '../health/check.ts';
import { afterCheck } from '../health/target.ts';
import { type FleetMember, isHealthy } from './member.ts';
import { balancersOf } from './targets.ts';

export interface HealthWatchProps {
  members: () => Iterable<FleetMember>;
  desired: () => DesiredState;
  check: typeof checkHealth;
  /** Called when a member's health in a target group has changed. */
  onChange: (member: FleetMember, from: string, to: string) => Promise<void>;
  /** Called when a member is not healthy after its grace period. */
  onUnhealthy: (member: FleetMember) => Promise<void>;
  clock: Clock;
}

const tickMilliseconds = 250;

/** Carries out the health checks of the target groups on every running member. */
export class HealthWatch {
  readonly #props: HealthWatchProps;
  readonly #inspected = new Set<FleetMember>();

  constructor(props: HealthWatchProps) {
    this.#props = props;
  }

  /** Watches until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      for (const member of this.#props.members()) void this.#inspect(member);
      await this.#props.clock.delay(tickMilliseconds);
    }
  }

  // A member is inspected once at a time, also while onUnhealthy is carried out.
  async #inspect(member: FleetMember): Promise<void> {
    if (member.state !== 'running' || this.#inspected.has(member)) return;
    this.#inspected.add(member);
    try {
      for (const group of this.#props.desired().targetGroups) await this.#check(group, member);
      if (this.#isUnhealthy(member)) await this.#props.onUnhealthy(member);
    } finally {
      this.#inspected.delete(member);
    }
  }

  async #check(group: TargetGroup, member: FleetMember): Promise<void> {
    const { check, clock, desired, onChange } = this.#props;
    const before = member.targets.get(group.arn);
    if (!before || before.state === 'draining' || before.dueAt > clock.now()) return;
    const balancer = balancersOf(desired()).get(group.arn);
    if (!balancer) return;
    const { address } = member.instance;
    const result = await check(group.healthCheck, { address, port: before.port, from: balancer.address });
    // It may have been deregistered meanwhile.
    if (member.targets.get(group.arn) !== before) return;
    const after = afterCheck(before, group.healthCheck, result, clock.now());
    member.targets.set(group.arn, after);
    if (after.state === before.state) return;
    if (isHealthy(member)) member.healthyAt ??= new Date(clock.now());
    await onChange(member, before.state, after.state);
  }

  // As in Auto Scaling, health checks do not count before the grace period has ended.
  #isUnhealthy(member: FleetMember): boolean {
    const group = this.#props.desired().groups.find(({ name }) => name === member.instance.group);
    const age = this.#props.clock.now() - member.startedAt.getTime();
    const { declaredUnhealthy, state } = member;
    if (!group?.replacesUnhealthy || state !== 'running') return false;
    if (declaredUnhealthy && !declaredUnhealthy.respectsGracePeriod) return true;
    if (age < group.graceSeconds * 1000) return false;
    return declaredUnhealthy !== undefined || (group.checksTargets && !isHealthy(member));
  }
}
