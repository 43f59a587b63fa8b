import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { execa } from 'execa';
import { checkoutFolder } from '../../common/paths.ts';

// What a checkout builds or keeps is not copied: the copy starts as a fresh clone does.
const built = new Set(['.git', 'build', 'cdktf.out', 'models', 'node_modules', 'state']);

function isBuilt(name: string): boolean {
  return built.has(name) || /^\.rehearsal(?:-|$)/.test(name);
}

// The packages are those of this checkout: an installation would empty its folder.
const makeOptions = ['--no-print-directory', '--assume-old=node_modules/.package-lock.json'];

const processOptions = { stdin: 'ignore', all: true, reject: false, detached: true } as const;

export interface VersionOptions {
  /** Whether the rehearsal has a monitoring machine, which costs a boot. */
  monitoring?: boolean;
  /** The number of machines that serve, at least and at first. */
  machines?: number;
}

/** Returns the shipped rehearsal's settings with so many machines that serve, at least and at first, and one that monitors or none. */
export function withMachines(yaml: string, machines: number, monitoring: boolean): string {
  return yaml
    .replace(/^( {4}(?:min|desired)): 2$/gm, `$1: ${machines}`)
    .replace('monitoring:\n  enabled: true', `monitoring:\n  enabled: ${monitoring}`);
}

/** A checkout with its own rehearsal. */
export class Checkout {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes a checkout without files; it uses the packages of this one. */
  static async makeEmpty(): Promise<Checkout> {
    const folder = await mkdtemp(join(tmpdir(), 'intent-fleet-'));
    await symlink(join(checkoutFolder, 'node_modules'), join(folder, 'node_modules'));
    return new Checkout(folder);
  }

  /** Makes a copy of this checkout. */
  static async copy(options: VersionOptions = {}): Promise<Checkout> {
    const checkout = await Checkout.makeEmpty();
    await checkout.useThisVersion(options);
    return checkout;
  }

  /** Replaces its files by those of this checkout, which deploys in few steps, and whose machines get traffic sooner; what it has built stays. */
  async useThisVersion({ monitoring = false, machines = 2 }: VersionOptions = {}): Promise<void> {
    await this.#removeFiles();
    await cp(checkoutFolder, this.folder, {
      recursive: true,
      preserveTimestamps: true,
      filter: (source) => !isBuilt(relative(checkoutFolder, source)),
    });
    await this.edit('stages/rehearsal.yaml', (yaml) =>
      withMachines(yaml, machines, monitoring)
        .replace(/minReadySeconds: \d+/, 'minReadySeconds: 2')
        .replace('strategy: rolling', 'strategy: blue-green')
        .replace(/bakeSeconds: \d+/, 'bakeSeconds: 2'),
    );
  }

  /** Replaces its files by those of a commit of this repository; what it has built stays. */
  async useCommit(commit: string): Promise<void> {
    await this.#removeFiles();
    const archive = `git -C '${checkoutFolder}' archive ${commit} | tar --extract --directory '${this.folder}'`;
    await execa('bash', ['-o', 'pipefail', '-c', archive], { stdin: 'ignore' });
  }

  /** Changes a file. */
  async edit(path: string, change: (content: string) => string): Promise<void> {
    const file = join(this.folder, path);
    await writeFile(file, change(await readFile(file, 'utf8')));
  }

  /** Does something with a changed file, and puts the file back. */
  async withChange<T>(path: string, change: (content: string) => string, work: () => Promise<T>): Promise<T> {
    const file = join(this.folder, path);
    const content = await readFile(file, 'utf8');
    await writeFile(file, change(content));
    try {
      return await work();
    } finally {
      await writeFile(file, content);
    }
  }

  /** Starts `make` in its own process group, for the default stage unless a parameter is `STAGE=…`. */
  start(...parameters: string[]) {
    return execa('make', [...makeOptions, ...parameters], {
      ...processOptions,
      cwd: this.folder,
      // Where CI is set, the colours would be on without a terminal.
      env: { STAGE: 'rehearsal', NO_COLOR: '1' },
    });
  }

  /** Runs `make`; resolves with its exit code and output. */
  async make(...parameters: string[]): Promise<{ exitCode: number | undefined; output: string }> {
    const { exitCode, all } = await this.start(...parameters);
    return { exitCode, output: String(all) };
  }

  /** Destroys the rehearsals and removes the checkout. */
  async remove(): Promise<void> {
    for (const name of await readdir(this.folder)) {
      const [rehearsal, stage = 'rehearsal'] = /^\.rehearsal(?:-(.+))?$/.exec(name) ?? [];
      if (!rehearsal) continue;
      // That of a name, which is no stage's, has an underscore.
      if (stage.startsWith('_')) await this.start('rehearsal-stop', `NAME=${stage.slice(1)}`);
      else await this.start('destroy', `STAGE=${stage}`);
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  async #removeFiles(): Promise<void> {
    const files = (await readdir(this.folder)).filter((name) => !isBuilt(name));
    for (const name of files) await rm(join(this.folder, name), { recursive: true });
  }
}
