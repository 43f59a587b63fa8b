import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../common/errors.ts';
import type { Fleet } from './fleet.ts';
import type { FleetStatus, LaunchTemplate } from './fleet-status.ts';
import { failedReplacement, isServing, progressOf, unhealthyMachines } from './health.ts';

const pollMilliseconds = 1000;

export interface WaitProps {
  fleet: Pick<Fleet, 'status'>;
  /** The launch template that every machine is to be launched from. */
  template: LaunchTemplate;
  timeoutSeconds: number;
  report: (line: string) => void;
  /** Returns why a machine's bootstrap failed; undefined where it did not, or where that cannot be found out. */
  failureOf: (machine: string) => Promise<string | undefined>;
}

/** Waits until every machine is healthy and was launched from the template; fails as soon as that is impossible. */
export async function waitUntilServing(props: WaitProps): Promise<FleetStatus> {
  const { fleet, template, timeoutSeconds, report } = props;
  const deadline = Date.now() + timeoutSeconds * 1000;
  for (let poll = 0; ; poll++) {
    const status = await fleet.status();
    const progress = progressOf(status, template);
    report(progress);
    if (isServing(status, template)) return status;
    await assertNoFailure(status, poll, props);
    if (Date.now() > deadline) throw new UserError(`After ${timeoutSeconds} s: ${progress}`);
    await delay(pollMilliseconds);
  }
}

async function assertNoFailure(status: FleetStatus, poll: number, { template, failureOf }: WaitProps): Promise<void> {
  // One machine a poll, in turn, so that a large fleet needs no more calls than a small one.
  const unhealthy = unhealthyMachines(status, template);
  const machine = unhealthy[poll % unhealthy.length]?.id;
  const failure = machine && (await failureOf(machine));
  if (failure) throw new UserError(`${machine}: ${failure}\nFull logs: make logs MACHINE=${machine}`);
  const reason = failedReplacement(status, template);
  if (reason) throw new UserError(reason);
}
