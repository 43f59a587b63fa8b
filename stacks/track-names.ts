import type { Track } from '../deployments/deployment.ts';
import { targetGroupName } from './target-group-name.ts';

/** The tracks of a stage. */
export const tracks: readonly Track[] = ['blue', 'green'];

/** The header by which a request chooses a track, past the weights. */
export const trackHeader = 'X-Fleet-Track';

// Blue has the names that the only fleet of a stage had in earlier versions: it becomes the blue track without being replaced.

/** Returns the name of a track's Auto Scaling group, with which those of its policies begin. */
export function trackName(stack: string, track: Track): string {
  return track === 'blue' ? stack : `${stack}-${track}`;
}

/** Returns the name of a track's target group. */
export function trackTargetGroup(stack: string, track: Track): string {
  return track === 'blue' ? stack : targetGroupName(stack, track);
}
