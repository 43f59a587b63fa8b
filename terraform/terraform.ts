import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { execa } from 'execa';
import { InterruptedError, UserError } from '../common/errors.ts';
import { terraformCommands } from './commands.ts';
import { terraformEnvironment } from './environment.ts';
import { ApplyProgress, errorsOf, type TerraformEvent } from './events.ts';
import { initializeOnce } from './initialization.ts';
import { withLockFile } from './lock-file.ts';
import { findMirror } from './mirror.ts';
import type { PlanDocument } from './plan.ts';
import { type StreamProps, streamTerraform } from './stream.ts';

export interface ApplyProps {
  /** Number of changes in the plan. */
  total: number;
  /** Receives a line whenever a change begins or ends. */
  report: (line: string) => void;
  /** Receives the id of Terraform's process, which leads its own process group. */
  onStart: (pid: number) => void;
}

/** Terraform was killed: resources that it was creating may be missing in the state. */
export class TerraformKilledError extends UserError {
  override readonly name = 'TerraformKilledError';
}

/** Runs Terraform on one synthesized stack. */
export class Terraform {
  readonly #stack: string;
  readonly #environment: NodeJS.ProcessEnv;

  constructor(stack: string, environment: NodeJS.ProcessEnv) {
    this.#stack = stack;
    this.#environment = terraformEnvironment(environment);
  }

  /**
   * Installs the provider under the kept lock file, where that was not done before; returns the file-system mirror that it
   * came from, undefined for the registry.
   */
  async init(lockFile: string): Promise<string | undefined> {
    const mirror = findMirror();
    await initializeOnce({ stack: this.#stack, lockFile, mirror }, () =>
      withLockFile(this.#stack, lockFile, async () => {
        await this.#output('init', terraformCommands.init(this.#stack, mirror));
      }),
    );
    return mirror;
  }

  /** Writes a plan to `file` and returns it; a plan without changes is empty. */
  async plan(file: string, destroy = false): Promise<PlanDocument> {
    await mkdir(dirname(file), { recursive: true });
    const parameters = terraformCommands.plan(this.#stack, file, destroy);
    // -detailed-exitcode: 0 without changes, 2 with changes.
    const exitCode = await this.#stream('plan', [0, 2], { parameters });
    return exitCode === 0 ? {} : this.show(file);
  }

  /** Reads the plan in `file`. */
  async show(file: string): Promise<PlanDocument> {
    return JSON.parse(await this.#output('show', terraformCommands.show(this.#stack, file))) as PlanDocument;
  }

  /** Applies the plan in `file`. */
  async apply(file: string, { total, report, onStart }: ApplyProps): Promise<void> {
    const progress = new ApplyProgress(total);
    const onEvent = (event: TerraformEvent) => {
      progress.see(event);
      if (event.hook) report(progress.line);
    };
    await this.#stream('apply', [0], { parameters: terraformCommands.apply(this.#stack, file), onStart, onEvent });
  }

  /** Records an existing resource in the state. */
  async import(address: string, id: string): Promise<void> {
    await this.#output('import', terraformCommands.import(this.#stack, address, id));
  }

  /** Records that a resource need not be replaced. */
  async untaint(address: string): Promise<void> {
    await this.#output('untaint', terraformCommands.untaint(this.#stack, address));
  }

  /** Runs a state command whose output goes to the terminal. */
  async state(parameters: string[]): Promise<void> {
    const { exitCode, signal } = await execa('terraform', parameters, {
      env: this.#environment,
      extendEnv: false,
      stdin: 'ignore',
      stdout: 'inherit',
      stderr: 'inherit',
      reject: false,
    });
    // SIGPIPE: the reader, such as head, has closed the pipe.
    if (exitCode !== 0 && signal !== 'SIGPIPE') throw new UserError('terraform could not read the state');
  }

  async #output(verb: string, parameters: string[]): Promise<string> {
    const { exitCode, stdout, all } = await execa('terraform', parameters, {
      env: this.#environment,
      extendEnv: false,
      stdin: 'ignore',
      all: true,
      reject: false,
    });
    if (exitCode !== 0) throw new UserError(`terraform ${verb} failed:\n${all}`);
    return stdout;
  }

  async #stream(verb: string, good: number[], props: Omit<StreamProps, 'environment'>): Promise<number> {
    const { exitCode, signal, interrupted, events } = await streamTerraform({
      ...props,
      environment: this.#environment,
    });
    if (exitCode !== undefined && good.includes(exitCode)) return exitCode;
    if (signal) throw new TerraformKilledError(`terraform ${verb} was killed by ${signal}`);
    if (interrupted) throw new InterruptedError(`terraform ${verb} was interrupted; the state is saved`, interrupted);
    throw new UserError(`terraform ${verb} failed:\n${errorsOf(events) || lastMessages(events)}`);
  }
}

function lastMessages(events: readonly TerraformEvent[]): string {
  return events
    .slice(-10)
    .map((event) => event['@message'])
    .join('\n');
}
