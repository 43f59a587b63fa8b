import { Command } from 'commander';
import { InterruptedError, UserError } from '../../common/errors.ts';

/** Exit code of a command that was interrupted by Ctrl-C, as shells have it. */
const interrupted = 130;

/** A command that people type: its name, one sentence, and `STAGE` unless it has none. */
export function command(name: string, description: string): Command {
  return new Command(name).description(description).helpOption('-h, --help', 'show this help').showHelpAfterError();
}

/** Runs it; errors become one clear message and a non-zero exit code. */
export async function run(program: Command): Promise<void> {
  process.once('SIGINT', () => process.exit(interrupted));
  process.stdout.on('error', exceptClosedPipe);
  try {
    await program.parseAsync();
  } catch (error) {
    console.error(describeError(program.name(), error));
    process.exitCode = error instanceof InterruptedError ? interrupted : 1;
  }
}

// Who reads only the first lines, as `head` does, has read enough; what is being done is done all the same.
function exceptClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

function describeError(name: string, error: unknown): string {
  if (!(error instanceof Error)) return `${name}: ${String(error)}`;
  const text = error instanceof UserError ? error.message : (error.stack ?? error.message);
  return text
    .split('\n')
    .map((line) => `${name}: ${line}`)
    .join('\n');
}

/** The stage that the environment names. */
export function stageName(environment: NodeJS.ProcessEnv = process.env): string {
  return environment.STAGE || 'rehearsal';
}
