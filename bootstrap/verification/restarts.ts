import { readJournal } from '../machine/journal.ts';
import type { Machine } from '../machine/machine.ts';
import { describeRestart, readUnitStates, type UnitState } from './unit-state.ts';

/** Runs steps and throws after the first one that fails, or during which a unit is not active or restarts. */
export async function withoutRestart(
  machine: Machine,
  units: readonly string[],
  steps: readonly (() => Promise<void>)[],
): Promise<void> {
  const before = await readUnitStates(machine, units);
  for (const step of [async () => {}, ...steps]) {
    const failure = await step().then(
      () => undefined,
      (error: Error) => error.message,
    );
    const problems = [failure, ...(await restartsSince(machine, before))].filter((problem) => problem !== undefined);
    if (problems.length > 0) throw new Error(problems.join('\n').trimEnd());
  }
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
