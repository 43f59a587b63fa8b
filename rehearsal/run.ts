import { execa } from 'execa';
import type { Command } from './network/commands.ts';

/** Runs commands one after another; rejects at the first that fails, with its error output in the message. */
export async function runAll(commands: readonly Command[]): Promise<void> {
  for (const [program, ...parameters] of commands) await execa(program, parameters, { stdin: 'ignore' });
}
