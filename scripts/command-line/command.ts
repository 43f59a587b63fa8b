import { constants } from 'node:os';
import { Command } from 'commander';
import { InterruptedError, UserError } from '../../common/errors.ts';

// As in shells.
function exitCodeOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

/** Makes a command with `--help`. */
export function createCommand(name: string, description: string): Command {
  return new Command(name).description(description).helpOption('-h, --help', 'show this help').showHelpAfterError();
}

/** The signals that end a command. */
export const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function endAtOnce(signal: NodeJS.Signals): void {
  process.exit(exitCodeOf(signal));
}

/** Leaves signals to what the command runs from now on. */
export function leaveSignals(): void {
  for (const signal of endingSignals) process.removeListener(signal, endAtOnce);
}

/** Returns a signal that is aborted with an error when the user interrupts the command; a second interruption ends it at once. */
export function untilInterrupted(message: string): AbortSignal {
  leaveSignals();
  const end = new AbortController();
  // The listeners stay: without any, what restores the terminal's cursor would end the process.
  for (const signal of endingSignals)
    process.on(signal, () => {
      if (end.signal.aborted) endAtOnce(signal);
      end.abort(new InterruptedError(message, signal));
    });
  return end.signal;
}

/** Runs a command; an error becomes a message on the error output and a non-zero exit code. */
export async function run(program: Command): Promise<void> {
  for (const signal of endingSignals) process.once(signal, endAtOnce);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedOutput);
  try {
    await program.parseAsync();
  } catch (error) {
    console.error(describeError(program.name(), error));
    process.exitCode = error instanceof InterruptedError ? exitCodeOf(error.signal) : 1;
  }
}

// Ignores a closed pipe, as of `| head`, and a closed terminal: the command does its work all the same.
function ignoreClosedOutput(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
}

// Each line begins with the command's name, up to an empty line: what follows is to be copied.
function describeError(name: string, error: unknown): string {
  if (!(error instanceof Error)) return `${name}: ${String(error)}`;
  const isExpected = error instanceof UserError || isAnswerOfAws(error) || isRefusedBySystem(error);
  const text = isExpected ? error.message : (error.stack ?? error.message);
  const [message = '', ...others] = withStage(text).split('\n\n');
  const lines = message.split('\n').map((line) => `${name}: ${line}`);
  return [lines.join('\n'), ...others].join('\n\n');
}

const refusals = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EMFILE', 'ENFILE']);

// Such as a full disk: the message names what was to be done, and mostly the path.
function isRefusedBySystem(error: Error): boolean {
  return refusals.has((error as NodeJS.ErrnoException).code ?? '');
}

// Such as a missing permission or expired credentials; without any, AWS is not asked.
function isAnswerOfAws(error: Error): boolean {
  return '$fault' in error || error.name === 'CredentialsProviderError';
}

/** Returns the name of the stage from `STAGE`. */
export function stageName(environment: NodeJS.ProcessEnv = process.env): string {
  return environment.STAGE || 'rehearsal';
}

/** Adds the stage to the commands that a text tells a person to type, unless it is the default one. */
export function withStage(text: string, stage = stageName()): string {
  if (stage === stageName({})) return text;
  return text.replaceAll(
    /\bmake (?:apply|promote-model|promote|abort|rollback|logs|plan|-s api-key|api-keys?|register|retrain|models?|train|experiments?)(?![\w-])(?! STAGE=)/g,
    `$& STAGE=${stage}`,
  );
}

/** Returns which image machines boot, from `IMAGE`: the one in service, or the newest one. */
export function imageChoice(environment: NodeJS.ProcessEnv = process.env): 'kept' | 'newest' {
  const { IMAGE: choice } = environment;
  if (!choice) return 'kept';
  if (choice === 'newest') return 'newest';
  throw new UserError(`IMAGE=${choice}: expected newest, or nothing to keep the image in service`);
}
