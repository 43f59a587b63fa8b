import { UserError } from '../../common/errors.ts';
import type { Progressing } from '../deployment.ts';
import { abort } from './abort.ts';
import { carryOut, isSuperfluous } from './carry-out.ts';
import { describeStep } from './describe-step.ts';
import { failureOf } from './failure.ts';
import { goBack } from './go-back.ts';
import type { Health } from './health.ts';
import type { Outcome } from './outcome.ts';
import { deadlineOf, pendingBefore } from './pending.ts';
import { grown } from './sizes.ts';
import type { Step } from './step.ts';
import { currentStep, hasShrunk, stepsOf } from './steps.ts';
import { newTrack } from './tracks.ts';

/** What comes next as long as the new revision is good; its first failure makes the deployment go back. */
export function goOn(deployment: Progressing, health: Health): Outcome {
  const failure = failureOf(deployment, health);
  if (failure !== undefined) return turnBack(deployment, failure, health);
  const [index, following] = followingStep(deployment, health);
  const missing = missingGrowth(deployment, following, health);
  if (missing) return applyStep(deployment, deployment.progress.step - 1, missing, health);
  const pending = pendingBefore(following, deployment, health);
  if (!pending) return applyStep(deployment, index, following, health);
  if (pending.kind === 'pause' && !deployment.progress.baked && bakes(deployment))
    return recordBake(deployment, pending.progress);
  const isLate = pending.kind === 'wait' && health.stepSeconds > deadlineOf(deployment);
  return isLate ? turnBack(deployment, `After ${deadlineOf(deployment)} s: ${pending.progress}`, health) : pending;
}

function followingStep(deployment: Progressing, health: Health): [index: number, step: Step] {
  const steps = [...stepsOf(deployment).entries()].slice(deployment.progress.step);
  const following = steps.find(([, step]) => !isSuperfluous(deployment, step, health));
  if (following) return following;
  const got = `step ${deployment.progress.step} of ${stepsOf(deployment).length}`;
  throw new UserError(
    `The deployment in the Terraform state is damaged: expected a step that is followed, got ${got}.`,
  );
}

/** Growth to be done once more before the traffic moves: the live track has scaled out while the new one booted. */
function missingGrowth(deployment: Progressing, following: Step, health: Health): Step | undefined {
  if (following.kind !== 'weight' || hasShrunk(deployment)) return undefined;
  const behind = stepsOf(deployment).slice(0, deployment.progress.step);
  const grow = behind.findLast((step) => step.kind === 'grow');
  if (!grow) return undefined;
  const { floor } = deployment.tracks[newTrack(deployment)];
  return grown(deployment, grow.share, health).floor > floor ? grow : undefined;
}

function applyStep(deployment: Progressing, index: number, step: Step, health: Health): Outcome {
  const progress = { ...deployment.progress, step: index + 1, baked: false, promoted: false };
  const carriedOut = carryOut({ ...deployment, progress }, step, health);
  return { kind: 'apply', deployment: carriedOut, because: describeStep(step, deployment, carriedOut) };
}

// A shadow serves nobody.
function bakes(deployment: Progressing): boolean {
  return currentStep(deployment)?.kind === 'weight';
}

// Whoever promotes it later, need not wait for the bake again.
function recordBake(deployment: Progressing, because: string): Outcome {
  return { kind: 'apply', deployment: { ...deployment, progress: { ...deployment.progress, baked: true } }, because };
}

// The reason is applied before anything is waited for, so that it outlives this command and the failure's end.
function turnBack(deployment: Progressing, reason: string, health: Health): Outcome {
  const aborted = abort(deployment, reason);
  const outcome = goBack(aborted, health);
  return outcome.kind === 'apply' ? outcome : { kind: 'apply', deployment: aborted, because: reason };
}
