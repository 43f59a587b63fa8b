import type { Progressing, Settled } from '../deployment.ts';
import type { Health } from './health.ts';
import { grown, held, settled, shrunk } from './sizes.ts';
import type { Step } from './step.ts';
import { emptied, isBooting, newTrack, otherTrack, weightsWith, withTracks } from './tracks.ts';

/** Returns the deployment with a step carried out. */
export function carryOut({ shadow: _, ...deployment }: Progressing, step: Step, health: Health): Progressing | Settled {
  const { live, tracks } = deployment;
  const track = newTrack(deployment);
  switch (step.kind) {
    case 'empty':
      return { ...deployment, ...withTracks(deployment, { [track]: emptied(tracks[track]) }) };
    case 'stop':
      return { ...deployment, ...withTracks(deployment, { [live]: emptied(tracks[live]) }) };
    case 'shadow':
      return { ...deployment, shadow: deployment.progress.to };
    case 'grow': {
      // A live track that was stopped stays so.
      const old = tracks[live].ceiling === 0 ? tracks[live] : held(deployment, health);
      const both = { [live]: old, [track]: grown(deployment, step.share, health) };
      return { ...deployment, ...withTracks(deployment, both) };
    }
    case 'weight':
      return { ...deployment, weights: weightsWith(track, step.percent), sticky: step.sticky };
    case 'shrink':
      return { ...deployment, ...withTracks(deployment, { [live]: shrunk(deployment, step.share, health) }) };
    case 'finish':
      return finished(deployment, step.warm);
  }
}

/** True for a step that would change nothing, such as growth to a share for which the new track has enough machines. */
export function isSuperfluous(deployment: Progressing, step: Step, health: Health): boolean {
  const { tracks, live, strategy } = deployment;
  const track = newTrack(deployment);
  const { floor, ceiling } = tracks[track];
  // An apply that failed may have left machines of another revision.
  if (step.kind === 'empty') return isBooting(deployment) || (ceiling === 0 && health.tracks[track].desired === 0);
  if (step.kind !== 'grow' || !isBooting(deployment)) return false;
  // What was kept warm takes the traffic back at once; scaling adds machines afterwards where it needs more.
  if (strategy.kind === 'rollback' && strategy.fromWarm) return true;
  const isHeld = tracks[live].floor >= held(deployment, health).floor;
  return isHeld && floor >= grown(deployment, step.share, health).floor;
}

function finished({ progress, ...deployment }: Progressing, warm: boolean): Settled {
  const { tracks, size, history } = deployment;
  const live = newTrack({ ...deployment, progress });
  const old = otherTrack(live);
  const both = { [live]: settled(tracks[live], size), [old]: warm ? tracks[old] : emptied(tracks[old]) };
  return {
    ...deployment,
    ...{ phase: warm ? 'warm' : 'steady', progress: null, live, tracks: { ...tracks, ...both } },
    history: [progress.to, ...history.filter((name) => name !== progress.to)],
    last: { revision: progress.to, result: 'successful', reason: null },
  };
}
