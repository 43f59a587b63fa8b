import { type Machine, succeed } from '../machine.ts';
import { type Change, type Common, common, type Task } from './task.ts';

/** Units of systemd that are enabled and active. */
export function unit(settings: Common & { units: readonly string[] }): Task {
  return {
    kind: 'unit',
    ...common(settings),
    plan: async (machine) => {
      const idle = await filter(settings.units, (name) => isIdle(machine, name));
      if (idle.length === 0) return undefined;
      return change(machine, ['systemctl', 'enable', '--now', ...idle], idle);
    },
  };
}

/** The units of a pattern that nobody wants any more, stopped and disabled. */
export function retiredUnits(settings: Common & { pattern: string; keep: readonly string[] }): Task {
  return {
    kind: 'unit',
    ...common(settings),
    plan: async (machine) => {
      const surplus = (await loadedUnits(machine, settings.pattern)).filter((name) => !settings.keep.includes(name));
      if (surplus.length === 0) return undefined;
      return change(machine, ['systemctl', 'disable', '--now', ...surplus], surplus);
    },
  };
}

/** Restarts those of the units that run, one after the other, so that the others serve meanwhile. */
export function restartedUnits(settings: Common & { units: readonly string[] }): Task {
  return { kind: 'unit', ...common(settings), plan: (machine) => planEach(machine, 'restart', settings.units) };
}

/** Has those of the units that run read their configuration again. */
export function reloadedUnits(settings: Common & { units: readonly string[] }): Task {
  return { kind: 'unit', ...common(settings), plan: (machine) => planEach(machine, 'reload', settings.units) };
}

async function planEach(machine: Machine, verb: string, units: readonly string[]): Promise<Change | undefined> {
  const running = await filter(units, (name) => isActive(machine, name));
  if (running.length === 0) return undefined;
  const apply = async () => {
    for (const name of running) await systemctl(machine, ['systemctl', verb, name], [name]);
    return undefined;
  };
  return { diff: running.map((name) => `run: systemctl ${verb} ${name}`).join('\n'), apply };
}

function change(machine: Machine, argv: string[], units: string[]): Change {
  return { diff: `run: ${argv.join(' ')}`, apply: () => systemctl(machine, argv, units) };
}

/** systemctl only says that a unit failed; why it did stands in the journal. */
async function systemctl(machine: Machine, argv: string[], units: string[]): Promise<string> {
  return succeed(machine, argv).catch(async (error: Error) => {
    const chosen = units.flatMap((name) => ['--unit', name]);
    const journal = await machine.run(['journalctl', '--no-pager', '--lines', '30', '--output', 'short', ...chosen]);
    throw new Error(`${error.message}\n${journal.output}`.trimEnd());
  });
}

async function isIdle(machine: Machine, name: string): Promise<boolean> {
  const enabled = await machine.run(['systemctl', 'is-enabled', '--quiet', name]);
  return enabled.status !== 0 || !(await isActive(machine, name));
}

async function isActive(machine: Machine, name: string): Promise<boolean> {
  return (await machine.run(['systemctl', 'is-active', '--quiet', name])).status === 0;
}

async function loadedUnits(machine: Machine, pattern: string): Promise<string[]> {
  const output = await succeed(machine, ['systemctl', 'list-units', '--all', '--plain', '--no-legend', pattern]);
  return output
    .split('\n')
    .flatMap((line) => line.trim().split(/\s+/).slice(0, 1))
    .filter(Boolean);
}

async function filter<T>(values: readonly T[], keep: (value: T) => Promise<boolean>): Promise<T[]> {
  const kept = await Promise.all(values.map(keep));
  return values.filter((_, index) => kept[index]);
}
