import { type CommandOptions, succeed } from '../machine/machine.ts';
import { type Task, type TaskOptions, taskOf } from './task.ts';

export interface CommandSettings extends TaskOptions, Pick<CommandOptions, 'input' | 'directory'> {
  argv: readonly string[];
  /** The task is satisfied when this command succeeds. */
  unless?: readonly string[];
  /** Set when the command changes nothing: it runs each time and counts as ok. */
  observes?: true;
}

/** A command, for what no other kind of task covers. */
export function command(settings: CommandSettings): Task {
  const { argv, unless, observes, input, directory } = settings;
  const options = { ...(input !== undefined && { input }), ...(directory !== undefined && { directory }) };
  return taskOf('command', settings, async (machine) => {
    if (unless && (await machine.run(unless)).status === 0) return undefined;
    const apply = () => succeed(machine, argv, options);
    return { diff: `run: ${argv.join(' ')}`, ...(observes && { observes }), apply };
  });
}
