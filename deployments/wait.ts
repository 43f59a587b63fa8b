import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../common/errors.ts';
import type { Outputs } from '../stacks/outputs.ts';
import type { Access } from './access.ts';
import { type FleetMachine, type FleetStatus, fleetStatus } from './fleet-status.ts';

const pollMilliseconds = 1000;

/** One machine's report of its bootstrap; undefined while it has none. */
export type BootstrapFailure = (machine: string) => Promise<string | undefined>;

export interface WaitProps {
  access: Access;
  outputs: Outputs;
  /** The longest that machines may take. */
  patienceSeconds: number;
  report: (line: string) => void;
  /** Tells why a machine's bootstrap failed, where that can be seen from here. */
  failureOf: BootstrapFailure;
}

/** Waits until every machine serves the deployed release; fails as soon as it is clear that that won't be. */
export async function waitUntilServing(props: WaitProps): Promise<FleetStatus> {
  const deadline = Date.now() + props.patienceSeconds * 1000;
  for (;;) {
    const status = await fleetStatus(props.access, props.outputs);
    props.report(progressOf(status, props.outputs.release));
    if (serves(status, props.outputs.release)) return status;
    await assertNoFailure(status, props);
    if (Date.now() > deadline)
      throw new UserError(`After ${props.patienceSeconds} s: ${progressOf(status, props.outputs.release)}`);
    await delay(pollMilliseconds);
  }
}

/** True when as many healthy machines as wanted serve the release, no others, and no refresh is under way. */
export function serves({ desired, machines, refresh }: FleetStatus, release: string): boolean {
  const settled = !refresh || !unfinished.has(refresh.status);
  return settled && machines.length === desired && machines.every((machine) => isCurrent(machine, release));
}

const unfinished = new Set(['Pending', 'InProgress', 'Cancelling', 'RollbackInProgress', 'Baking']);
const unsuccessful = new Set(['Failed', 'RollbackFailed', 'RollbackSuccessful', 'Cancelled']);

/** True where machines of an older release serve and nobody is replacing them: a replacement ended before its time. */
export function needsReplacement({ machines, refresh }: FleetStatus, release: string): boolean {
  const settled = !refresh || !unfinished.has(refresh.status);
  return settled && machines.some((machine) => !release.startsWith(machine.release));
}

function isCurrent({ release: booted, health }: FleetMachine, release: string): boolean {
  return health === 'healthy' && release.startsWith(booted);
}

function progressOf({ desired, machines, refresh }: FleetStatus, release: string): string {
  const current = machines.filter((machine) => isCurrent(machine, release)).length;
  const replaced = refresh && unfinished.has(refresh.status) ? `, ${refresh.percentage} % replaced` : '';
  return `${current} of ${desired} machines healthy${replaced}`;
}

async function assertNoFailure(status: FleetStatus, props: WaitProps): Promise<void> {
  const { machines, refresh } = status;
  if (refresh && unsuccessful.has(refresh.status) && needsReplacement(status, props.outputs.release)) {
    throw new UserError(`The machines were not replaced: ${refresh.reason ?? refresh.status}. The old ones serve on.`);
  }
  for (const { id, health, release } of machines) {
    // What became of a machine that is on its way out does not matter any more.
    const matters = health !== 'healthy' && props.outputs.release.startsWith(release);
    const failure = matters ? await props.failureOf(id) : undefined;
    if (failure) throw new UserError(`${id}: ${failure}\nAll of it: make logs MACHINE=${id}`);
  }
}
