import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { execa } from 'execa';
import { InterruptedError, UserError } from '../common/errors.ts';
import { type PlanOptions, terraformCommands } from './commands.ts';
import { terraformEnvironment } from './environment.ts';
import { ApplyProgress, errorsOf, type PlannedChanges, plannedChangesOf, type TerraformEvent } from './events.ts';
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

interface Streamed {
  exitCode: number;
  events: TerraformEvent[];
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
  async plan(file: string, options: PlanOptions = {}): Promise<PlanDocument> {
    const { exitCode } = await this.#plan(file, options);
    return exitCode === 0 ? {} : this.show(file);
  }

  /** Writes a plan to `file` and returns what it changes, without the values. */
  async planChanges(file: string, options: PlanOptions = {}): Promise<PlannedChanges> {
    const { events } = await this.#plan(file, options);
    return plannedChangesOf(events);
  }

  async #plan(file: string, options: PlanOptions): Promise<Streamed> {
    await mkdir(dirname(file), { recursive: true });
    const parameters = terraformCommands.plan(this.#stack, file, options);
    // -detailed-exitcode: 0 without changes, 2 with changes.
    return this.#stream('plan', [0, 2], { parameters });
  }

  /** Reads the plan in `file`. */
  async show(file: string): Promise<PlanDocument> {
    return JSON.parse(await this.#output('show', terraformCommands.show(this.#stack, file))) as PlanDocument;
  }

  /** Applies the plan in `file`. */
  async apply(file: string, props: ApplyProps): Promise<void> {
    await this.#apply(terraformCommands.apply(this.#stack, file), props);
  }

  /** Applies the stack without a plan to look at before, and without a look at what has changed outside of Terraform. */
  async applyAtOnce(props: Omit<ApplyProps, 'total'>): Promise<void> {
    await this.#apply(terraformCommands.applyAtOnce(this.#stack), { ...props, total: 0 });
  }

  async #apply(parameters: string[], { total, report, onStart }: ApplyProps): Promise<void> {
    const progress = new ApplyProgress(total);
    const onEvent = (event: TerraformEvent) => {
      progress.see(event);
      if (event.hook) report(progress.line);
    };
    await this.#stream('apply', [0], { parameters, onStart, onEvent });
  }

  /** Records an existing resource in the state. */
  async import(address: string, id: string): Promise<void> {
    await this.#output('import', terraformCommands.import(this.#stack, address, id));
  }

  /** Records that a resource need not be replaced. */
  async untaint(address: string): Promise<void> {
    await this.#output('untaint', terraformCommands.untaint(this.#stack, address));
  }

  /** Lists the addresses of the resources in the state; none where there is no state. */
  async stateList(): Promise<string[]> {
    const { exitCode, stdout, all } = await this.#run(terraformCommands.stateList(this.#stack));
    if (exitCode === 0) return stdout.split('\n').filter(Boolean);
    if (all.includes('No state file was found')) return [];
    throw new UserError(`terraform state list failed:\n${all}`);
  }

  /** Returns a resource in the state as text, whose output goes to a terminal that may show colours. */
  async stateShow(address: string, colour: boolean): Promise<string> {
    return this.#output('state show', terraformCommands.stateShow(this.#stack, address, colour));
  }

  async #output(verb: string, parameters: string[]): Promise<string> {
    const { exitCode, stdout, all } = await this.#run(parameters);
    if (exitCode !== 0) throw new UserError(`terraform ${verb} failed:\n${all}`);
    return stdout;
  }

  #run(parameters: string[]) {
    const options = { extendEnv: false, stdin: 'ignore', all: true, reject: false } as const;
    return execa('terraform', parameters, { env: this.#environment, ...options });
  }

  async #stream(verb: string, good: number[], props: Omit<StreamProps, 'environment'>): Promise<Streamed> {
    const { exitCode, signal, interrupted, events } = await streamTerraform({
      ...props,
      environment: this.#environment,
    });
    if (exitCode !== undefined && good.includes(exitCode)) return { exitCode, events };
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
