import type { MachineFiles } from './files.ts';

export interface CommandOptions {
  /** Standard input of the command. */
  input?: string;
  /** Working directory. */
  directory?: string;
  timeoutSeconds?: number;
}

export interface CommandResult {
  /** Exit status; 127 when the command was not found, was killed or timed out. */
  status: number;
  /** Standard output and standard error, interleaved. */
  output: string;
}

/** The machine that tasks converge. All paths are the machine's own. */
export interface Machine {
  files: MachineFiles;
  /** Runs a command and returns its status, whatever it is. */
  run(argv: readonly string[], options?: CommandOptions): Promise<CommandResult>;
}

/** Runs a command that must succeed and returns its output; the error holds the command and its output. */
export async function succeed(machine: Machine, argv: readonly string[], options?: CommandOptions): Promise<string> {
  const { status, output } = await machine.run(argv, options);
  if (status === 0) return output;
  throw new Error(`${argv.join(' ')}: expected status 0, got ${status}\n${output}`.trimEnd());
}
