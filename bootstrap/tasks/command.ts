import { type CommandOptions, succeed } from '../machine.ts';
import { type Common, common, type Task } from './task.ts';

export interface CommandSettings extends Common, Pick<CommandOptions, 'input' | 'directory'> {
  argv: readonly string[];
  /** Nothing is to be done when this command succeeds. */
  unless?: readonly string[];
  /** Set when the command only looks: it runs each time and counts as ok. */
  observes?: true;
}

/** A command, for what no other kind of task can say. */
export function command(settings: CommandSettings): Task {
  const { argv, unless, observes, input, directory } = settings;
  const options = { ...(input !== undefined && { input }), ...(directory !== undefined && { directory }) };
  return {
    kind: 'command',
    ...common(settings),
    plan: async (machine) => {
      if (unless && (await machine.run(unless)).status === 0) return undefined;
      const apply = () => succeed(machine, argv, options);
      return { diff: `run: ${argv.join(' ')}`, ...(observes && { observes }), apply };
    },
  };
}
