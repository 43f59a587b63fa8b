import { readJournal } from '../machine/journal.ts';
import type { Machine } from '../machine/machine.ts';
import type { Pause } from './pause.ts';
import { describeRestart, readUnitStates, type UnitState } from './unit-state.ts';

/** Runs steps and throws after the first one that fails, or during which a unit is not active or restarts. */
export async function withoutRestart(
  machine: Machine,
  units: readonly string[],
  steps: readonly (() => Promise<void>)[],
): Promise<void> {
  await watch(machine, await readUnitStates(machine, units), steps);
}

async function watch(
  machine: Machine,
  before: readonly UnitState[],
  steps: readonly (() => Promise<void>)[],
): Promise<void> {
  for (const step of [async () => {}, ...steps]) {
    const failure = await step().then(
      () => undefined,
      (error: Error) => error.message,
    );
    const problems = [failure, ...(await restartsSince(machine, before))].filter((problem) => problem !== undefined);
    if (problems.length > 0) throw new Error(problems.join('\n').trimEnd());
  }
}

/** Waits until units have been active for some seconds; throws as soon as one of them is not, or restarts. */
export async function runWithoutRestart(
  machine: Machine,
  units: readonly string[],
  seconds: number,
  pause: Pause,
): Promise<void> {
  const states = await readUnitStates(machine, units);
  const newest = Math.max(...states.map(({ activeSince }) => Number(activeSince) / 1_000_000));
  const left = Math.ceil(seconds - Math.max(0, (await uptimeSeconds(machine)) - newest));
  const steps = Array.from({ length: Math.max(0, Math.min(seconds, left)) }, () => () => pause(1));
  await watch(machine, states, steps);
}

/** The time since the machine booted, by which systemd counts, too. */
async function uptimeSeconds({ files }: Machine): Promise<number> {
  return Number.parseFloat((await files.read('/proc/uptime')) ?? '0');
}

/** A sentence for each unit that is not active or has restarted, with the end of its journal. */
async function restartsSince(machine: Machine, before: readonly UnitState[]): Promise<string[]> {
  const after = await readUnitStates(
    machine,
    before.map(({ unit }) => unit),
  );
  const problems = before.flatMap((state, index) => {
    const problem = describeRestart(state, after[index] as UnitState);
    return problem === undefined ? [] : [{ unit: state.unit, problem }];
  });
  return Promise.all(problems.map(async ({ unit, problem }) => `${problem}\n${await readJournal(machine, [unit])}`));
}
