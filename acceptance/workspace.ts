import { existsSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { UserError } from '../common/errors.ts';
import { accessEnvironment } from '../deployments/access.ts';
import { terraformCommands } from '../terraform/commands.ts';
import { terraformEnvironment } from '../terraform/environment.ts';
import { findMirror } from '../terraform/mirror.ts';
import { changesOf, stepsOf } from '../terraform/plan.ts';
import { Terraform } from '../terraform/terraform.ts';
import { prefix, type Target } from './target.ts';

/** The variables of the configuration that checks change. */
export interface Variables {
  revision?: string;
  size?: { min: number; max: number };
}

const configuration = join(import.meta.dirname, 'environment');

/** A folder with a copy of the configuration and its state, which is kept until all is destroyed. */
export class Workspace {
  readonly folder: string;
  readonly #target: Target;
  readonly #terraform: Terraform;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #report: (line: string) => void;

  constructor(folder: string, target: Target, report: (line: string) => void) {
    this.folder = folder;
    this.#target = target;
    this.#report = report;
    this.#environment = accessEnvironment(target.access, process.env);
    this.#terraform = new Terraform(folder, this.#environment);
  }

  /** True where an earlier run has left something. */
  get hasState(): boolean {
    return existsSync(join(this.folder, 'terraform.tfstate'));
  }

  /** Builds what the configuration describes; returns the number of changes. */
  async apply(variables: Variables = {}): Promise<number> {
    await this.#prepare(variables);
    return this.#carryOut(false);
  }

  /** Returns how many changes another apply would make. */
  async pending(): Promise<number> {
    return changesOf(await this.#terraform.plan(this.#planFile)).length;
  }

  /** Destroys all that is in the state, and removes the folder. */
  async destroy(): Promise<void> {
    await this.#prepare({});
    await this.#carryOut(true);
    await rm(this.folder, { recursive: true });
  }

  async outputs<Outputs>(): Promise<Outputs> {
    const values = JSON.parse(await this.#run([`-chdir=${this.folder}`, 'output', '-json'])) as Record<
      string,
      { value: unknown }
    >;
    return Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, value])) as Outputs;
  }

  async #prepare(variables: Variables): Promise<void> {
    const { access, store } = this.#target;
    await mkdir(this.folder, { recursive: true });
    await cp(configuration, this.folder, { recursive: true });
    const values = { region: access.region, name: prefix, store, ...variables };
    await writeFile(join(this.folder, 'terraform.tfvars.json'), JSON.stringify(values));
    if (!existsSync(join(this.folder, '.terraform')))
      await this.#run(terraformCommands.init(this.folder, findMirror()));
  }

  async #carryOut(destroy: boolean): Promise<number> {
    const plan = await this.#terraform.plan(this.#planFile, { destroy });
    const changes = changesOf(plan);
    const progress = { total: stepsOf(changes), report: this.#report, onStart: () => undefined };
    if (changes.length > 0) await this.#terraform.apply(this.#planFile, progress);
    return changes.length;
  }

  get #planFile(): string {
    return join(this.folder, 'plan');
  }

  async #run(parameters: string[]): Promise<string> {
    const env = terraformEnvironment(this.#environment);
    const options = { env, extendEnv: false, stdin: 'ignore', reject: false, all: true } as const;
    const { exitCode, stdout, all } = await execa('terraform', parameters, options);
    if (exitCode !== 0) throw new UserError(`terraform ${parameters[1]} failed:\n${all}`);
    return stdout;
  }
}
