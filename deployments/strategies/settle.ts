import { isDeepStrictEqual } from 'node:util';
import type { Settled } from '../deployment.ts';
import type { Outcome } from './outcome.ts';
import { pruned } from './prune.ts';
import { settled } from './sizes.ts';
import { emptied, otherTrack, withTracks } from './tracks.ts';

/** What comes next when no deployment is under way: the right sizes, and then, alone, revisions that are no longer kept. */
export function settle(deployment: Settled): Outcome {
  const sized = withRightSizes(deployment);
  if (!isDeepStrictEqual(sized.tracks, deployment.tracks))
    return { kind: 'apply', deployment: sized, because: 'the sizes of a fleet with nothing under way' };
  const kept = pruned(deployment);
  const removed = Object.keys(deployment.revisions).filter((name) => !kept.revisions[name]);
  if (removed.length > 0) return { kind: 'apply', deployment: kept, because: `no longer kept: ${removed.join(', ')}` };
  const { last } = deployment;
  if (last?.result !== 'rolled back') return { kind: 'done', deployment };
  return { kind: 'rolled-back', deployment, reason: last.reason ?? '' };
}

function withRightSizes(deployment: Settled): Settled {
  const { live, tracks, size, phase, history } = deployment;
  const idle = otherTrack(live);
  return {
    ...deployment,
    ...withTracks(deployment, {
      // Before the first success there is nothing to go back to, and no machines.
      [live]: history.length > 0 ? settled(tracks[live], size) : emptied(tracks[live]),
      [idle]: phase === 'warm' ? tracks[idle] : emptied(tracks[idle]),
    }),
  };
}
