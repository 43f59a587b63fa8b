import type { Track } from '../deployment.ts';
import type { Strategy } from './strategy.ts';

/** Such as `A canary deployment`. */
export function aDeployment({ kind }: Pick<Strategy, 'kind'>): string {
  return kind === 'ab' ? 'An A/B deployment' : `A ${kind} deployment`;
}

export function counted(machines: number): string {
  return machines === 1 ? '1 machine' : `${machines} machines`;
}

/** Such as `1 of 2 machines of green healthy`. */
export function healthyOf(track: Track, healthy: number, machines: number): string {
  return `${healthy} of ${counted(machines)} of ${track} healthy`;
}

/** Such as `the alarm machine-errors rings`. */
export function ringingOf(alarms: readonly string[]): string {
  return alarms.length === 1 ? `the alarm ${alarms[0]} rings` : `the alarms ${alarms.join(', ')} ring`;
}
