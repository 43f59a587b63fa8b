import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../common/errors.ts';
import type { Outputs } from '../stacks/outputs.ts';
import type { Access } from './access.ts';
import { type FleetStatus, fleetStatus } from './fleet-status.ts';
import { failedReplacement, isServing, progressOf, unhealthyMachines } from './health.ts';

const pollMilliseconds = 1000;

export interface WaitProps {
  access: Access;
  outputs: Outputs;
  timeoutSeconds: number;
  report: (line: string) => void;
  /** Returns why a machine's bootstrap failed; undefined where it did not, or where that cannot be found out. */
  failureOf: (machine: string) => Promise<string | undefined>;
}

/** Waits until every machine serves the deployed release; fails as soon as that is impossible. */
export async function waitUntilServing(props: WaitProps): Promise<FleetStatus> {
  const { access, outputs, timeoutSeconds, report } = props;
  const deadline = Date.now() + timeoutSeconds * 1000;
  for (;;) {
    const status = await fleetStatus(access, outputs);
    const progress = progressOf(status, outputs.release);
    report(progress);
    if (isServing(status, outputs.release)) return status;
    await assertNoFailure(status, props);
    if (Date.now() > deadline) throw new UserError(`After ${timeoutSeconds} s: ${progress}`);
    await delay(pollMilliseconds);
  }
}

async function assertNoFailure(status: FleetStatus, { outputs, failureOf }: WaitProps): Promise<void> {
  const reason = failedReplacement(status, outputs.release);
  if (reason) throw new UserError(reason);
  for (const { id } of unhealthyMachines(status, outputs.release)) {
    const failure = await failureOf(id);
    if (failure) throw new UserError(`${id}: ${failure}\nFull logs: make logs MACHINE=${id}`);
  }
}
