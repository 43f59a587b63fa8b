import { delay } from '../common/delay.ts';
import { UserError } from '../common/errors.ts';
import type { Deployment, Track } from './deployment.ts';
import { healthyOf } from './strategies/wording.ts';
import type { TrackObservation } from './track-observer.ts';

export interface ServingProps {
  observe: (deployment: Deployment) => Promise<Record<Track, TrackObservation>>;
  report: (line: string) => void;
  timeoutSeconds: number;
  signal?: AbortSignal;
  pollMilliseconds?: number;
}

/** Waits until every machine of the live track is healthy; fails as soon as one has failed its boot. */
export async function untilServing(deployment: Deployment, props: ServingProps): Promise<void> {
  const { observe, report, timeoutSeconds, signal, pollMilliseconds = 1000 } = props;
  const { live } = deployment;
  const deadline = Date.now() + timeoutSeconds * 1000;
  for (;;) {
    const { desired, healthy, failedBoot } = (await observe(deployment))[live];
    if (healthy >= desired) return;
    if (failedBoot !== null) throw new UserError(`${failedBoot}\nFull logs: make logs UNIT=bootstrap`);
    const progress = healthyOf(live, healthy, desired);
    if (Date.now() > deadline) throw new UserError(`After ${timeoutSeconds} s: ${progress}`);
    report(progress);
    await delay(pollMilliseconds, signal);
  }
}
