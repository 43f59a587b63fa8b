import { Command } from 'commander';
import { InterruptedError, UserError } from '../../common/errors.ts';

// 128 + SIGINT, as in shells.
const interruptedExitCode = 130;

/** Makes a command with `--help`. */
export function createCommand(name: string, description: string): Command {
  return new Command(name).description(description).helpOption('-h, --help', 'show this help').showHelpAfterError();
}

/** Runs a command; an error becomes a message on the error output and a non-zero exit code. */
export async function run(program: Command): Promise<void> {
  process.once('SIGINT', () => process.exit(interruptedExitCode));
  process.stdout.on('error', ignoreClosedPipe);
  try {
    await program.parseAsync();
  } catch (error) {
    console.error(describeError(program.name(), error));
    process.exitCode = error instanceof InterruptedError ? interruptedExitCode : 1;
  }
}

// Ignores EPIPE, as from `| head`: the command does its work all the same.
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

// Each line begins with the command's name, up to an empty line: what follows is to be copied.
function describeError(name: string, error: unknown): string {
  if (!(error instanceof Error)) return `${name}: ${String(error)}`;
  const text = error instanceof UserError ? error.message : (error.stack ?? error.message);
  const [message = '', ...others] = text.split('\n\n');
  const lines = message.split('\n').map((line) => `${name}: ${line}`);
  return [lines.join('\n'), ...others].join('\n\n');
}

/** Returns the name of the stage from `STAGE`. */
export function stageName(environment: NodeJS.ProcessEnv = process.env): string {
  return environment.STAGE || 'rehearsal';
}
