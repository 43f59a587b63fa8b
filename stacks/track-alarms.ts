import type { Track } from '../deployments/deployment.ts';
import { tracks } from './track-names.ts';

/** The alarms of a track's own requests, by which a deployment is judged. */
export const trackAlarmRules = ['machine-errors', 'latency'] as const;

/** The alarms of a track that tell of its machines. */
const machineAlarmRules = ['unhealthy-machines'] as const;

/** The alarms of the whole stage. */
const stageAlarmRules = ['balancer-errors', 'no-machines', 'unfinished-deployment'] as const;

export type TrackAlarmRule = (typeof trackAlarmRules)[number] | (typeof machineAlarmRules)[number];

export type StageAlarmRule = (typeof stageAlarmRules)[number];

/** Returns the name of an alarm of a track. */
export function trackAlarmName(stack: string, track: Track, rule: TrackAlarmRule): string {
  return stageAlarmName(stack, `${track}-${rule}`);
}

/** Returns the name of an alarm of a stage. */
export function stageAlarmName(stack: string, rule: string): string {
  return `${stack}-${rule}`;
}

/** Returns the names of all alarms of a stage. */
export function alarmNames(stack: string): string[] {
  const ofTracks = [...trackAlarmRules, ...machineAlarmRules];
  return [
    ...stageAlarmRules.map((rule) => stageAlarmName(stack, rule)),
    ...tracks.flatMap((track) => ofTracks.map((rule) => trackAlarmName(stack, track, rule))),
  ];
}
