import type { Deployment, TrackState, UnderWay } from '../deployment.ts';
import type { Health } from './health.ts';
import type { Share } from './step.ts';
import { hasShrunk } from './steps.ts';
import { newTrack } from './tracks.ts';

/** The machines that the fleet needs now: what the live track observes, with what it has given to the new one. */
export function neededMachines(deployment: UnderWay, health: Health): number {
  const { live, size, progress } = deployment;
  const { [live]: old, [newTrack(deployment)]: following } = health.tracks;
  if (progress.from === null) return progress.machines;
  if (!hasShrunk(deployment)) return Math.max(old.desired, size.min);
  const both = Math.max(progress.machines, old.desired + following.desired);
  return Math.min(both, largestSize(deployment, health));
}

/** The most machines of a track. A schedule may have given the fleet more than its largest size. */
function largestSize(deployment: UnderWay, { tracks }: Health): number {
  const { live, size, progress } = deployment;
  return Math.max(size.max, progress.machines, hasShrunk(deployment) ? 0 : tracks[live].desired);
}

/**
 * The live track while another one grows: it scales out, but not in, or it would lose machines with its traffic. A schedule
 * may have given it more than the largest size.
 */
export function held(deployment: UnderWay, health: Health): TrackState {
  const { live, size, tracks } = deployment;
  const { desired } = health.tracks[live];
  return { ...tracks[live], floor: Math.max(desired, 1), ceiling: Math.max(desired, size.max) };
}

/** The new track with the machines for a share of the traffic; what it has, it keeps. */
export function grown(deployment: UnderWay, { part, of }: Share, health: Health): TrackState {
  const { size, tracks, strategy, progress } = deployment;
  // Beside a live track that keeps its size, a part of a fleet is as safe as a small fleet; rolling moves a few at a time.
  const lowest = strategy.kind === 'rolling' ? 1 : size.min;
  const share = Math.ceil((part * neededMachines(deployment, health)) / of);
  const floor = Math.max(share, lowest, tracks[newTrack(deployment)].floor);
  const ceiling = largestSize(deployment, health);
  return { revision: progress.to, floor: Math.min(floor, ceiling), ceiling };
}

/** The live track with the machines for what the new one leaves to it; the ceiling takes the others away. */
export function shrunk(deployment: UnderWay, { part, of }: Share, health: Health): TrackState {
  const { live, tracks } = deployment;
  const remaining = Math.ceil((health.tracks[newTrack(deployment)].desired * (of - part)) / part);
  const machines = Math.max(Math.min(remaining, health.tracks[live].desired), 1);
  return { ...tracks[live], floor: machines, ceiling: machines };
}

/** The live track at the end: between the fleet's smallest and largest size. */
export function settled({ revision }: TrackState, { min, max }: Deployment['size']): TrackState {
  return { revision, floor: min, ceiling: max };
}
