import type { WantedInstance, World } from '../emulator/world.ts';
import type { TargetHealth } from '../health/target.ts';
import type { Machine } from '../machines/machine.ts';

export type MachineState = 'booting' | 'running' | 'leaving' | 'ended';

/** One instance and the machine that plays it. */
export interface Member {
  instance: WantedInstance;
  state: MachineState;
  /** There once its boot has begun. */
  machine: Machine | undefined;
  startedAt: Date;
  /** When it first passed every health check. */
  healthyAt: Date | undefined;
  /** What is known of it in each target group, by ARN. */
  targets: Map<string, TargetHealth>;
}

/** What has to be done for the members to be those that the world wants. */
export interface RosterPlan {
  boot: WantedInstance[];
  retire: Member[];
}

/** Compares what there ought to be with what there is. */
export function planRoster(world: World, members: ReadonlyMap<string, Member>): RosterPlan {
  const wanted = new Set(world.instances.map(({ id }) => id));
  return {
    boot: world.instances.filter(({ id, address, cidr }) => !members.has(id) && address !== '' && cidr !== ''),
    retire: [...members.values()].filter(
      ({ instance, state }) => !wanted.has(instance.id) && (state === 'booting' || state === 'running'),
    ),
  };
}

/** True where every target group that asks after the member finds it healthy. */
export function isHealthy(member: Member): boolean {
  const states = [...member.targets.values()];
  return member.state === 'running' && states.length > 0 && states.every(({ state }) => state === 'healthy');
}
