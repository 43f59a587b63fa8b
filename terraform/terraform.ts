import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { execa } from 'execa';
import { InterruptedError, UserError } from '../common/errors.ts';
import type { Outputs } from '../stacks/outputs.ts';
import { terraformCommands } from './commands.ts';
import { terraformEnvironment } from './environment.ts';
import { ApplyProgress, errorsOf, parseEvent, type TerraformEvent } from './events.ts';
import { passInterruptOn } from './interrupt.ts';
import { findMirror } from './mirror.ts';
import type { PlanDocument } from './plan.ts';

export interface ApplyProps {
  /** Changes that the plan makes. */
  total: number;
  /** Gets a sentence whenever one is begun or done. */
  report: (line: string) => void;
  /** Gets the id of Terraform's process, which leads a group of its own. */
  onStart: (pid: number) => void;
}

/** Terraform was killed: what it was creating just then may not be in the state. */
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

  /** Installs the provider; returns the file-system mirror that it came from, or undefined for the registry. */
  async init(): Promise<string | undefined> {
    const mirror = findMirror();
    const { exitCode, all } = await this.#execute(terraformCommands.init(this.#stack, mirror));
    if (exitCode !== 0) throw new UserError(`terraform init failed:\n${all}`);
    return mirror;
  }

  /** Writes a plan to `file` and returns it. */
  async plan(file: string, destroy = false): Promise<PlanDocument> {
    await mkdir(dirname(file), { recursive: true });
    await this.#stream('plan', terraformCommands.plan(this.#stack, file, destroy), [0, 2], () => undefined);
    return this.show(file);
  }

  /** Reads the plan in `file`. */
  async show(file: string): Promise<PlanDocument> {
    const { exitCode, stdout, all } = await this.#execute(terraformCommands.show(this.#stack, file));
    if (exitCode !== 0) throw new UserError(`terraform show failed:\n${all}`);
    return JSON.parse(stdout) as PlanDocument;
  }

  /** Applies the plan in `file`. */
  async apply(file: string, { total, report, onStart }: ApplyProps): Promise<void> {
    const progress = new ApplyProgress(total);
    const see = (event: TerraformEvent) => {
      progress.see(event);
      if (event.hook) report(progress.line);
    };
    await this.#stream('apply', terraformCommands.apply(this.#stack, file), [0], see, onStart);
  }

  /** What is deployed, as the state remembers it; undefined where nothing is. */
  async outputs(): Promise<Outputs | undefined> {
    const { exitCode, stdout, all } = await this.#execute(terraformCommands.output(this.#stack));
    if (exitCode !== 0) throw new UserError(`terraform output failed:\n${all}`);
    const values = Object.entries(JSON.parse(stdout) as Record<string, { value: string }>);
    if (values.length === 0) return undefined;
    return Object.fromEntries(values.map(([name, { value }]) => [name, value])) as unknown as Outputs;
  }

  /** Runs a state command for a person: its output goes where this process's goes. */
  async state(parameters: string[]): Promise<void> {
    const { exitCode, signal } = await execa('terraform', parameters, {
      env: this.#environment,
      extendEnv: false,
      stdin: 'ignore',
      stdout: 'inherit',
      stderr: 'inherit',
      reject: false,
    });
    // Who reads only the first lines has read enough.
    if (exitCode !== 0 && signal !== 'SIGPIPE') throw new UserError('terraform could not read the state');
  }

  async #execute(parameters: string[]) {
    return execa('terraform', parameters, {
      env: this.#environment,
      extendEnv: false,
      stdin: 'ignore',
      all: true,
      reject: false,
    });
  }

  async #stream(
    verb: string,
    parameters: string[],
    good: number[],
    see: (event: TerraformEvent) => void,
    onStart: (pid: number) => void = () => undefined,
  ) {
    const running = execa('terraform', parameters, {
      env: this.#environment,
      extendEnv: false,
      stdin: 'ignore',
      all: true,
      reject: false,
      buffer: false,
      // In a process group of its own, so that Ctrl-C reaches it once and by us: a second one would cut it off.
      detached: true,
    });
    if (running.pid !== undefined) onStart(running.pid);
    const events: TerraformEvent[] = [];
    let interrupted = false;
    const letFinish = passInterruptOn(() => {
      interrupted = running.kill('SIGINT');
    });
    try {
      for await (const line of running.iterable({ from: 'all' })) {
        const event = parseEvent(String(line));
        events.push(event);
        see(event);
      }
      const { exitCode, signal } = await running;
      if (exitCode !== undefined && good.includes(exitCode)) return;
      if (signal) throw new TerraformKilledError(`terraform ${verb} was ended by ${signal}`);
      if (interrupted) throw new InterruptedError(`terraform ${verb} was interrupted; the state is saved`);
      throw new UserError(`terraform ${verb} failed:\n${errorsOf(events) || lastWords(events)}`);
    } finally {
      letFinish();
    }
  }
}

function lastWords(events: readonly TerraformEvent[]): string {
  return events
    .slice(-10)
    .map((event) => event['@message'])
    .join('\n');
}
