import type { Progressing } from '../deployment.ts';
import type { Health } from './health.ts';
import { isBooting, newTrack } from './tracks.ts';
import { ringingOf } from './wording.ts';

/** Why a deployment goes back that a person has aborted. */
export const abortReason = 'A person aborted it';

/** Returns why the new revision is not to get any further; undefined as long as nothing is wrong. */
export function failureOf(deployment: Progressing, { tracks, isAborted = false }: Health): string | undefined {
  if (isAborted) return abortReason;
  // Before it has grown, a track shows what another revision has left.
  if (!isBooting(deployment)) return undefined;
  const track = newTrack(deployment);
  const { failedBoot, smokeTest, healthy, ringing, endedService } = tracks[track];
  if (failedBoot !== null) return `A machine of ${track} failed its boot: ${failedBoot}`;
  if (typeof smokeTest === 'object') return `${track} failed its smoke test: ${smokeTest.failed}`;
  if (!servesBesideLive(deployment)) return undefined;
  if (healthy === 0) return `${track} has traffic and no healthy machine`;
  if (!isJudgedByBake(deployment)) return undefined;
  if (endedService !== null) return `${track} serves, and ${endedService}`;
  return ringing.length > 0 ? `${track} serves, and ${ringingOf(ringing)}` : undefined;
}

/** False for a rollback: its target may still show what made a person leave it, and is wanted all the same. */
export function isJudgedByBake({ strategy }: Progressing): boolean {
  return strategy.kind !== 'rollback';
}

// The first deployment has all traffic before it has machines.
function servesBesideLive(deployment: Progressing): boolean {
  return deployment.progress.from !== null && deployment.weights[newTrack(deployment)] > 0;
}
