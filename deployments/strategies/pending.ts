import type { Progressing, Track } from '../deployment.ts';
import { isJudgedByBake } from './failure.ts';
import type { Health } from './health.ts';
import type { Outcome } from './outcome.ts';
import type { Step } from './step.ts';
import { currentStep, isPausing } from './steps.ts';
import { isBooting, newTrack } from './tracks.ts';
import { counted, healthyOf, ringingOf } from './wording.ts';

type Pending = Extract<Outcome, { kind: 'wait' | 'smoke-test' | 'pause' }>;

/** Returns what has to happen before the following step; undefined where nothing is missing. */
export function pendingBefore(following: Step, deployment: Progressing, health: Health): Pending | undefined {
  return (
    machinesGone(deployment, health) ??
    baked(deployment, health) ??
    machinesHealthy(deployment, health) ??
    promoted(deployment) ??
    (getsTraffic(following, deployment) ? proven(deployment, health) : undefined)
  );
}

/** The time in seconds after the last apply by which a wait has taken too long. */
export function deadlineOf(deployment: Progressing): number {
  return bakeOf(deployment) + deployment.strategy.stepTimeoutSeconds;
}

function machinesGone(deployment: Progressing, { tracks }: Health): Pending | undefined {
  const gone: Partial<Record<Step['kind'], Track>> = { empty: newTrack(deployment), stop: deployment.live };
  const track = gone[currentStep(deployment)?.kind ?? 'finish'];
  if (!track || tracks[track].machines === 0) return undefined;
  return { kind: 'wait', progress: `${counted(tracks[track].machines)} of ${track} not gone yet` };
}

function baked(deployment: Progressing, { stepSeconds }: Health): Pending | undefined {
  const bakeSeconds = bakeOf(deployment);
  if (stepSeconds >= bakeSeconds) return undefined;
  const seconds = `${Math.floor(stepSeconds)} of ${bakeSeconds} s`;
  return { kind: 'wait', progress: `${newTrack(deployment)} bakes under its alarms: ${seconds}` };
}

function bakeOf(deployment: Progressing): number {
  const current = currentStep(deployment);
  return current?.kind === 'weight' && !deployment.progress.baked ? current.bakeSeconds : 0;
}

function machinesHealthy(deployment: Progressing, { tracks }: Health): Pending | undefined {
  const track = newTrack(deployment);
  const { floor } = deployment.tracks[track];
  if (!isBooting(deployment) || tracks[track].healthy >= floor) return undefined;
  return { kind: 'wait', progress: healthyOf(track, tracks[track].healthy, floor) };
}

function promoted(deployment: Progressing): Pending | undefined {
  const current = currentStep(deployment);
  if (!isPausing(deployment) || deployment.progress.promoted) return undefined;
  const { live, progress } = deployment;
  const state =
    current?.kind === 'weight'
      ? `${newTrack(deployment)} serves ${current.percent} %`
      : `${progress.to} is the shadow of ${live}`;
  return { kind: 'pause', progress: `${state} until a person promotes it` };
}

function getsTraffic(step: Step, { progress }: Progressing): boolean {
  return step.kind === 'weight' || (step.kind === 'finish' && progress.from === null);
}

function proven(deployment: Progressing, { tracks }: Health): Pending | undefined {
  const track = newTrack(deployment);
  const { smokeTest, ringing } = tracks[track];
  if (smokeTest === 'not run') return { kind: 'smoke-test', track };
  // What rings before it serves, rings for what was there before: it could not be told from what comes.
  if (ringing.length === 0 || !isJudgedByBake(deployment)) return undefined;
  return { kind: 'wait', progress: `${track} does not serve yet, and ${ringingOf(ringing)} from before` };
}
