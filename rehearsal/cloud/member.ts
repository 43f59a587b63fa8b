import type { DesiredInstance } from '../emulator/desired-state.ts';
import type { TargetHealth } from '../health/target.ts';

/** A machine that has booted. */
export interface BootedMachine {
  /** Its root file system. */
  readonly root: string;
  /** Calls back once, when the machine has ended for any reason. */
  onEnd(callback: () => void): void;
  /** Shuts the machine down and removes what it used. */
  powerOff(): Promise<void>;
  /** Kills the machine, as the failure of its host would. */
  crash(): Promise<void>;
  /** Removes what an ended machine used, except for its logs. */
  remove(): Promise<void>;
}

export type MemberState = 'booting' | 'running' | 'leaving' | 'ended';

/** A member of the fleet: an instance and the machine that runs it. */
export interface FleetMember {
  instance: DesiredInstance;
  state: MemberState;
  /** Undefined until it has booted. */
  machine: BootedMachine | undefined;
  startedAt: Date;
  /** When it was first healthy in every target group. */
  healthyAt: Date | undefined;
  /** Its health in each target group, by ARN. */
  targets: Map<string, TargetHealth>;
}

/** Tells whether a member runs and is healthy in all of its target groups. */
export function isHealthy(member: FleetMember): boolean {
  const states = [...member.targets.values()];
  return member.state === 'running' && states.length > 0 && states.every(({ state }) => state === 'healthy');
}
