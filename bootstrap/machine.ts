import { join } from 'node:path';
import { execa } from 'execa';

export interface CommandOptions {
  /** Written to the command's standard input. */
  input?: string;
  directory?: string;
  timeoutSeconds?: number;
}

export interface CommandResult {
  status: number;
  /** Standard output and standard error as they came, interleaved. */
  output: string;
}

/** What tasks see of the machine that they converge; tests give them another one. */
export interface Machine {
  /** Where a path of the machine lies for us. */
  path(absolute: string): string;
  /** Runs a command and hands back its status, whatever it is. */
  run(argv: readonly string[], options?: CommandOptions): Promise<CommandResult>;
}

/** The machine that this process runs on, or one whose file system is mounted under `root`. */
export function localMachine(root = '/'): Machine {
  return { path: (absolute) => join(root, absolute), run: runHere };
}

async function runHere(argv: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const [file = '', ...rest] = argv;
  const result = await execa(file, rest, {
    all: true,
    reject: false,
    timeout: (options.timeoutSeconds ?? 300) * 1000,
    env: { LC_ALL: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive' },
    ...(options.directory === undefined ? {} : { cwd: options.directory }),
    ...(options.input === undefined ? { stdin: 'ignore' as const } : { input: options.input }),
  });
  const { exitCode } = result;
  // Without an exit status the command was not found, was killed, or ran out of time: the message says which.
  if (exitCode === undefined)
    return { status: 127, output: [result.shortMessage, result.all].filter(Boolean).join('\n') };
  return { status: exitCode, output: result.all };
}

/** Runs a command that must succeed; the error shows the command and all that it said. */
export async function succeed(machine: Machine, argv: readonly string[], options?: CommandOptions): Promise<string> {
  const { status, output } = await machine.run(argv, options);
  if (status === 0) return output;
  throw new Error(`${argv.join(' ')}: expected status 0, got ${status}\n${output}`.trimEnd());
}
