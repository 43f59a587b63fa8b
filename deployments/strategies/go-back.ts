import type { RollingBack, Settled } from '../deployment.ts';
import type { Health } from './health.ts';
import type { Outcome } from './outcome.ts';
import { neededMachines, settled } from './sizes.ts';
import { hasShrunk } from './steps.ts';
import { emptied, newTrack, weightsWith, withTracks } from './tracks.ts';
import { counted, healthyOf } from './wording.ts';

/** What comes next on the way back: the live track regrows if it shrank, takes all traffic, and the new one is emptied. */
export function goBack(deployment: RollingBack, health: Health): Outcome {
  const { live, progress, weights } = deployment;
  const isMissing = hasShrunk(deployment) && !progress.regrown;
  if (deployment.shadow !== undefined) return endShadow(deployment);
  if (progress.from !== null && isMissing) return regrow(deployment, health);
  const hasServed = weights[live] === 100 && !progress.regrown;
  if (progress.from === null || hasServed) return revert(deployment);
  return untilLiveServes(deployment, health) ?? (weights[live] === 100 ? revert(deployment) : takeBack(deployment));
}

// The state must not say that nothing is under way while machines still ask another release.
function endShadow({ shadow, ...deployment }: RollingBack): Outcome {
  const { live, progress } = deployment;
  return { kind: 'apply', deployment, because: `${live} no longer asks ${shadow}: ${progress.reason}` };
}

function regrow(deployment: RollingBack, health: Health): Outcome {
  const { live, tracks, size, progress } = deployment;
  const floor = neededMachines(deployment, health);
  const grown = { ...tracks[live], floor, ceiling: Math.max(floor, size.max) };
  const because = `${live}, which had shrunk, gets ${counted(floor)} again: ${progress.reason}`;
  const regrown = {
    ...deployment,
    ...withTracks(deployment, { [live]: grown }),
    progress: { ...progress, regrown: true },
  };
  return { kind: 'apply', deployment: regrown, because };
}

function takeBack(deployment: RollingBack): Outcome {
  const { live, progress } = deployment;
  const because = `all traffic to ${live} again: ${progress.reason}`;
  return { kind: 'apply', deployment: { ...deployment, weights: weightsWith(live, 100), sticky: false }, because };
}

function revert(deployment: RollingBack): Outcome {
  const { progress, size, tracks, live, strategy } = deployment;
  const track = newTrack(deployment);
  const old = progress.from === null ? {} : { [live]: settled(tracks[live], size) };
  // What was kept warm may be wanted once more: it is as good as it was.
  const staysWarm = strategy.kind === 'rollback' && strategy.fromWarm;
  const following = staysWarm ? tracks[track] : emptied(tracks[track]);
  const reverted: Settled = {
    ...deployment,
    ...withTracks(deployment, { ...old, [track]: following }),
    ...{ phase: staysWarm ? 'warm' : 'steady', progress: null },
    last: { revision: progress.to, result: 'rolled back', reason: progress.reason },
  };
  const because = `${track} ${staysWarm ? 'stays warm' : 'to no machines'}: ${progress.reason}`;
  return { kind: 'apply', deployment: reverted, because };
}

// A live track that has stood all the time serves with what it has: every second counts.
function untilLiveServes({ live, tracks, progress, strategy }: RollingBack, health: Health): Outcome | undefined {
  const { healthy } = health.tracks[live];
  const wanted = progress.regrown ? tracks[live].floor : 1;
  if (healthy >= wanted) return undefined;
  const state = healthyOf(live, healthy, wanted);
  if (health.stepSeconds <= strategy.stepTimeoutSeconds) return { kind: 'wait', progress: state };
  if (healthy > 0) return undefined;
  return {
    kind: 'stuck',
    reason: `${progress.reason}. The way back: after ${strategy.stepTimeoutSeconds} s, ${state}`,
  };
}
