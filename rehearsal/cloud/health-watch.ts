import { setTimeout as delay } from 'node:timers/promises';
import type { TargetGroup, World } from '../emulator/world.ts';
import { ask } from '../health/check.ts';
import { afterAnswer } from '../health/target.ts';
import { isHealthy, type Member } from './roster.ts';

export interface HealthWatchProps {
  members: () => Iterable<Member>;
  world: () => World;
  /** A member's health in a target group has changed. */
  onChange: (member: Member, from: string, to: string) => Promise<void>;
  /** A member's grace period is over and it is not healthy. */
  onUnhealthy: (member: Member) => Promise<void>;
}

const tickMilliseconds = 250;

/** Asks every machine after its health as its target groups say, and tells what that comes to. */
export class HealthWatch {
  readonly #props: HealthWatchProps;
  readonly #asking = new Set<Member>();

  constructor(props: HealthWatchProps) {
    this.#props = props;
  }

  /** Watches until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      for (const member of this.#props.members()) void this.#examine(member);
      await delay(tickMilliseconds);
    }
  }

  async #examine(member: Member): Promise<void> {
    if (member.state !== 'running' || this.#asking.has(member)) return;
    this.#asking.add(member);
    try {
      for (const group of this.#props.world().targetGroups) await this.#ask(group, member);
      if (this.#isHopeless(member)) await this.#props.onUnhealthy(member);
    } finally {
      this.#asking.delete(member);
    }
  }

  async #ask(group: TargetGroup, member: Member): Promise<void> {
    const before = member.targets.get(group.arn);
    if (!before || before.dueAt > Date.now()) return;
    const answer = await ask(group.healthCheck, member.instance.address);
    const after = afterAnswer(before, group.healthCheck, answer, Date.now());
    member.targets.set(group.arn, after);
    if (after.state === before.state) return;
    if (isHealthy(member)) member.healthyAt ??= new Date();
    await this.#props.onChange(member, before.state, after.state);
  }

  // As Auto Scaling does: until the grace period is over, what the balancer finds does not count.
  #isHopeless(member: Member): boolean {
    const group = this.#props.world().groups.find(({ name }) => name === member.instance.group);
    const age = Date.now() - member.startedAt.getTime();
    if (!group || member.state !== 'running' || age < group.graceSeconds * 1000) return false;
    return member.targets.size > 0 && !isHealthy(member);
  }
}
