import type { Deployment, Track } from '../deployment.ts';
import type { Health, TrackHealth } from './health.ts';
import { next } from './next.ts';
import { promote } from './promote.ts';
import { currentStep } from './steps.ts';

export interface Expectations {
  /** What was observed of the tracks. */
  observed: Record<Track, Pick<TrackHealth, 'desired'>>;
  /** Time from an apply until the machines that it adds are healthy. */
  bootSeconds: number;
  /** Time that an apply takes. */
  applySeconds: number;
}

/** An apply or a smoke test to come. */
export interface Foreseen {
  text: string;
  /** The value from here on. */
  deployment: Deployment;
  /** The machines of each track from here on, and of both. */
  desired: Record<Track, number>;
  machines: number;
  bootSeconds: number;
  /** Time until the following one: the apply, the boot of machines and the bake. */
  seconds: number;
}

interface View {
  deployment: Deployment;
  desired: Record<Track, number>;
  isTested: boolean;
}

/** Returns what a deployment does when nothing fails: `next` is asked, of machines that are always healthy. */
export function foresee(deployment: Deployment, expectations: Expectations): Foreseen[] {
  const { blue, green } = expectations.observed;
  let view: View = { deployment, desired: { blue: blue.desired, green: green.desired }, isTested: false };
  const foreseen: Foreseen[] = [];
  for (;;) {
    const outcome = next(view.deployment, perfectHealth(view));
    if (outcome.kind === 'pause') view = { ...view, deployment: promote(view.deployment) };
    else if (outcome.kind === 'smoke-test') {
      view = { ...view, isTested: true };
      foreseen.push({ text: `smoke test of ${outcome.track}`, ...timeless(view) });
    } else if (outcome.kind === 'apply') {
      const applied = afterApply(view, outcome.deployment);
      // That a bake is over is no news.
      if (!recordsBake(view.deployment, outcome.deployment))
        foreseen.push({ ...timeless(applied), text: outcome.because, ...timeOf(view, applied, expectations) });
      view = applied;
    } else return foreseen;
  }
}

/** The value that is applied after another one where nothing fails; undefined where none is. */
export function followingValue(deployment: Deployment, observed: Expectations['observed']): Deployment | undefined {
  const foreseen = foresee(deployment, { observed, applySeconds: 0, bootSeconds: 0 });
  return foreseen.find((one) => one.deployment !== deployment)?.deployment;
}

function perfectHealth({ desired, isTested }: View): Health {
  const healthOf = (track: Track): TrackHealth => ({
    // Of those that go, none is left when it is asked for.
    ...{ desired: desired[track], machines: 0, healthy: desired[track], failedBoot: null },
    ...{ smokeTest: isTested ? 'passed' : 'not run', ringing: [], endedService: null },
  });
  return { tracks: { blue: healthOf('blue'), green: healthOf('green') }, stepSeconds: Number.POSITIVE_INFINITY };
}

function afterApply(view: View, deployment: Deployment): View {
  const desired = { blue: obeyed(deployment, 'blue', view), green: obeyed(deployment, 'green', view) };
  return { deployment, desired, isTested: view.isTested && !hasMore(view.desired, desired) };
}

function recordsBake(before: Deployment, after: Deployment): boolean {
  return after.progress?.baked === true && before.progress?.baked === false;
}

// What a group makes of its desired capacity when its smallest and largest size change.
function obeyed({ tracks }: Deployment, track: Track, { desired }: View): number {
  const { floor, ceiling } = tracks[track];
  return Math.min(Math.max(desired[track], floor), ceiling);
}

function hasMore(before: Record<Track, number>, after: Record<Track, number>): boolean {
  return after.blue > before.blue || after.green > before.green;
}

function timeless({ deployment, desired }: View): Omit<Foreseen, 'text'> {
  return { deployment, desired, machines: desired.blue + desired.green, bootSeconds: 0, seconds: 0 };
}

function timeOf(
  before: View,
  { deployment, desired }: View,
  { applySeconds, bootSeconds: boot }: Expectations,
): Pick<Foreseen, 'bootSeconds' | 'seconds'> {
  const bootSeconds = hasMore(before.desired, desired) ? boot : 0;
  const current = deployment.progress ? currentStep(deployment) : undefined;
  const bakeSeconds = current?.kind === 'weight' ? current.bakeSeconds : 0;
  return { bootSeconds, seconds: applySeconds + bootSeconds + bakeSeconds };
}
