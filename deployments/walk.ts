import pRetry from 'p-retry';
import { delay as delayFor } from '../common/delay.ts';
import { InterruptedError, UserError } from '../common/errors.ts';
import { TerraformKilledError } from '../terraform/terraform.ts';
import type { Deployment, Track } from './deployment.ts';
import { abort } from './strategies/abort.ts';
import type { Health, TrackHealth } from './strategies/health.ts';
import { next } from './strategies/next.ts';
import type { Outcome } from './strategies/outcome.ts';
import type { TrackObservation } from './track-observer.ts';

/** How a walk ends; a person or the next command goes on after a pause and what is stuck. */
export type End = Extract<Outcome, { kind: 'done' | 'rolled-back' | 'pause' | 'stuck' }>;

export interface WalkActions {
  observe: (deployment: Deployment) => Promise<Record<Track, TrackObservation>>;
  /** Makes a value true. */
  apply: (deployment: Deployment, because: string) => Promise<void>;
  /** Returns what is wrong with the answers of a track; undefined where nothing is. */
  smokeTest: (track: Track, deployment: Deployment) => Promise<string | undefined>;
  /** Tells whether a person wants the deployment to go back. */
  isAborted?: () => Promise<boolean>;
  /** Takes a line about what is waited for, again and again. */
  report: (line: string) => void;
  /** Ends the walk between two steps and in a wait, with its reason. */
  signal?: AbortSignal;
  /** A clock in milliseconds. */
  now?: () => number;
  delay?: typeof delayFor;
  pollMilliseconds?: number;
}

const everyTwoSeconds = 2000;

type SmokeTests = Record<Track, TrackHealth['smokeTest']>;

/** Carries a deployment out, step after step, until nothing is left to do or somebody else has to go on. */
export async function walk(begun: Deployment, actions: WalkActions): Promise<{ deployment: Deployment; end: End }> {
  const { signal, now = () => performance.now(), delay = delayFor, pollMilliseconds = everyTwoSeconds } = actions;
  let deployment = begun;
  let stepBeganAt = now();
  let tests: SmokeTests = { blue: 'not run', green: 'not run' };
  for (;;) {
    const observed = await observePatiently(deployment, actions);
    const isAborted = await actions.isAborted?.();
    const health = healthOf(observed, tests, (now() - stepBeganAt) / 1000);
    const outcome = next(deployment, { ...health, isAborted: isAborted ?? false });
    switch (outcome.kind) {
      case 'apply': {
        const applied = await applyOrTurnBack(deployment, outcome, actions);
        tests = testsAfter(tests, deployment, applied);
        deployment = applied;
        stepBeganAt = now();
        break;
      }
      case 'smoke-test': {
        const failed = await actions.smokeTest(outcome.track, deployment);
        tests = { ...tests, [outcome.track]: failed === undefined ? 'passed' : { failed } };
        break;
      }
      case 'wait':
        actions.report(outcome.progress);
        await delay(pollMilliseconds, signal);
        break;
      default:
        return { deployment, end: outcome };
    }
  }
}

/** Returns the value that is true: where a step cannot be applied, the one before it, which goes back. */
async function applyOrTurnBack(
  before: Deployment,
  { deployment, because }: Extract<Outcome, { kind: 'apply' }>,
  { apply, signal }: WalkActions,
): Promise<Deployment> {
  try {
    await apply(deployment, because);
    return deployment;
  } catch (error) {
    if (before.phase !== 'progressing' || !hasFailed(error) || signal?.aborted) throw error;
    const reason = `The step "${because}" could not be applied: ${error.message}`;
    const aborted = abort(before, reason);
    // What the step has changed goes first; where that fails, too, a person has to look.
    await apply(aborted, reason).catch(() => {
      throw error;
    });
    return aborted;
  }
}

// After Terraform was interrupted or killed, whoever did that decides.
function hasFailed(error: unknown): error is UserError {
  return error instanceof UserError && !(error instanceof InterruptedError) && !(error instanceof TerraformKilledError);
}

// Throttling or a network that is gone for half a minute says nothing about the deployment.
function observePatiently(
  deployment: Deployment,
  { observe, signal, pollMilliseconds = everyTwoSeconds }: WalkActions,
) {
  return pRetry(() => observe(deployment), { retries: 5, minTimeout: pollMilliseconds, signal });
}

function healthOf({ blue, green }: Record<Track, TrackObservation>, tests: SmokeTests, stepSeconds: number): Health {
  const tracks = { blue: { ...blue, smokeTest: tests.blue }, green: { ...green, smokeTest: tests.green } };
  return { tracks, stepSeconds };
}

/** The outcomes that still stand after an apply: new machines were not asked yet. */
function testsAfter(tests: SmokeTests, before: Deployment, after: Deployment): SmokeTests {
  const stands = (track: Track) =>
    after.tracks[track].revision === before.tracks[track].revision &&
    after.tracks[track].floor <= before.tracks[track].floor;
  return { blue: stands('blue') ? tests.blue : 'not run', green: stands('green') ? tests.green : 'not run' };
}
