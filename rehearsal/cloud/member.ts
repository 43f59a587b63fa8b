import type { DesiredInstance } from '../emulator/desired-state.ts';
import type { TargetHealth } from '../health/target.ts';
import type { NspawnMachine } from '../machines/nspawn-machine.ts';

/** A machine that has booted. */
export type BootedMachine = Pick<NspawnMachine, 'root' | 'onEnd' | 'powerOff' | 'crash' | 'remove'>;

/** A member of the fleet: an instance and the machine that runs it. */
export interface FleetMember {
  instance: DesiredInstance;
  state: 'booting' | 'running' | 'leaving' | 'ended';
  /** Undefined until it has booted. */
  machine: BootedMachine | undefined;
  startedAt: Date;
  /** When it was first healthy in every target group. */
  healthyAt: Date | undefined;
  /** Set when somebody has declared it unhealthy. */
  declaredUnhealthy?: { respectsGracePeriod: boolean };
  /** Its health in each target group, by ARN. */
  targets: Map<string, TargetHealth>;
}

/** Tells whether a member boots or runs: it neither leaves nor has ended. */
export function isStaying({ state }: FleetMember): boolean {
  return state === 'booting' || state === 'running';
}

/** Tells whether a member runs and is healthy in all target groups that it gets requests from. */
export function isHealthy({ state, targets }: FleetMember): boolean {
  return (
    state === 'running' && [...targets.values()].every((target) => !isJudged(target) || target.state === 'healthy')
  );
}

function isJudged({ state }: TargetHealth): boolean {
  return state !== 'unused' && state !== 'draining';
}
