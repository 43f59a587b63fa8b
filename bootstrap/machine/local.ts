import { execa } from 'execa';
import { localFiles } from './files.ts';
import type { CommandOptions, CommandResult, Machine } from './machine.ts';

/** The machine that this process runs on. */
export function localMachine(): Machine {
  return { files: localFiles(), run };
}

const defaultTimeoutSeconds = 300;

async function run(argv: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const [file = '', ...rest] = argv;
  const result = await execa(file, rest, {
    all: true,
    reject: false,
    timeout: (options.timeoutSeconds ?? defaultTimeoutSeconds) * 1000,
    env: { LC_ALL: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive' },
    ...(options.directory === undefined ? {} : { cwd: options.directory }),
    ...(options.input === undefined ? { stdin: 'ignore' as const } : { input: options.input }),
  });
  const { exitCode } = result;
  if (exitCode !== undefined) return { status: exitCode, output: result.all };
  return { status: 127, output: [result.shortMessage, result.all].filter(Boolean).join('\n') };
}
