import { execa } from 'execa';
import type { Command } from './network/commands.ts';

/** Runs commands one after another; the first that fails ends it, and its error output is in the error. */
export async function runAll(commands: readonly Command[]): Promise<void> {
  for (const [program, ...parameters] of commands) await execa(program, parameters, { stdin: 'ignore' });
}
