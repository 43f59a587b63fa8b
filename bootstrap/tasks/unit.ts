import { readJournal } from '../machine/journal.ts';
import { type Machine, succeed } from '../machine/machine.ts';
import { type Change, type Task, type TaskOptions, taskOf } from './task.ts';

/** Units of systemd that are enabled and active. */
export function unit(settings: TaskOptions & { units: readonly string[] }): Task {
  return taskOf('unit', settings, async (machine) => {
    const inactive = await filter(settings.units, async (name) => !(await isEnabledAndActive(machine, name)));
    if (inactive.length === 0) return undefined;
    return commandChange(machine, ['systemctl', 'enable', '--now', ...inactive], inactive);
  });
}

/** The units that match a pattern, stopped and disabled except those to keep. */
export function surplusUnits(settings: TaskOptions & { pattern: string; keep: readonly string[] }): Task {
  return taskOf('unit', settings, async (machine) => {
    const surplus = (await loadedUnits(machine, settings.pattern)).filter((name) => !settings.keep.includes(name));
    if (surplus.length === 0) return undefined;
    return commandChange(machine, ['systemctl', 'disable', '--now', ...surplus], surplus);
  });
}

/** Restarts the active units one after another, so that the others serve meanwhile. */
export function restartedUnits(settings: TaskOptions & { units: readonly string[] }): Task {
  return taskOf('unit', settings, (machine) => planEach(machine, 'restart', settings.units));
}

/** Reloads the configuration of the active units. */
export function reloadedUnits(settings: TaskOptions & { units: readonly string[] }): Task {
  return taskOf('unit', settings, (machine) => planEach(machine, 'reload', settings.units));
}

async function planEach(machine: Machine, verb: string, units: readonly string[]): Promise<Change | undefined> {
  const active = await filter(units, (name) => isActive(machine, name));
  if (active.length === 0) return undefined;
  const apply = async () => {
    for (const name of active) await systemctl(machine, ['systemctl', verb, name], [name]);
    return undefined;
  };
  return { diff: active.map((name) => `run: systemctl ${verb} ${name}`).join('\n'), apply };
}

function commandChange(machine: Machine, argv: string[], units: string[]): Change {
  return { diff: `run: ${argv.join(' ')}`, apply: () => systemctl(machine, argv, units) };
}

// systemctl says only that a unit failed; the reason is in the journal.
async function systemctl(machine: Machine, argv: string[], units: string[]): Promise<string> {
  return succeed(machine, argv).catch(async (error: Error) => {
    throw new Error(`${error.message}\n${await readJournal(machine, units)}`.trimEnd());
  });
}

async function isEnabledAndActive(machine: Machine, name: string): Promise<boolean> {
  const enabled = await machine.run(['systemctl', 'is-enabled', '--quiet', name]);
  return enabled.status === 0 && (await isActive(machine, name));
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
