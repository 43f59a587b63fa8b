import type { Deployment, Track, TrackState, UnderWay } from '../deployment.ts';

export function otherTrack(track: Track): Track {
  return track === 'blue' ? 'green' : 'blue';
}

/** The track that the new revision boots on: the idle one, or at the first deployment the live one, which is empty. */
export function newTrack({ live, progress }: UnderWay): Track {
  return progress.from === null ? live : otherTrack(live);
}

/** True once the new track has machines of the new revision, or is to have them. */
export function isBooting(deployment: UnderWay): boolean {
  const { revision, ceiling } = deployment.tracks[newTrack(deployment)];
  return ceiling > 0 && revision === deployment.progress.to;
}

/** The weights that give a track this percentage of the traffic. */
export function weightsWith(track: Track, percent: number): Deployment['weights'] {
  return track === 'blue' ? { blue: percent, green: 100 - percent } : { blue: 100 - percent, green: percent };
}

/** Leaves a track its revision and no machine. */
export function emptied({ revision }: TrackState): TrackState {
  return { revision, floor: 0, ceiling: 0 };
}

/** The tracks of a deployment with some of them changed. */
export function withTracks(
  { tracks }: Deployment,
  changes: Partial<Record<Track, TrackState>>,
): Pick<Deployment, 'tracks'> {
  return { tracks: { ...tracks, ...changes } };
}
