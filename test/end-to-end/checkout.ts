import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { execa, type ResultPromise } from 'execa';

const origin = join(import.meta.dirname, '../..');

// What a checkout builds or keeps stays behind: the copy starts as a fresh clone does.
const left = new Set(['.git', '.rehearsal', 'build', 'cdktf.out', 'node_modules', 'state']);

const options = { stdin: 'ignore', all: true, reject: false, detached: true } as const;

/** A copy of this checkout with a rehearsal of its own, so that one that runs here is left alone. */
export interface Checkout {
  folder: string;
  /** Runs `make` there; resolves with the exit code and all that it printed. */
  make: (...parameters: string[]) => Promise<{ exitCode: number | undefined; output: string }>;
  /** Starts `make` there in a process group of its own. */
  start: (...parameters: string[]) => ResultPromise<typeof options & { cwd: string; env: NodeJS.ProcessEnv }>;
  remove: () => Promise<void>;
}

export async function copyCheckout(): Promise<Checkout> {
  const folder = await mkdtemp(join(tmpdir(), 'intent-fleet-'));
  await cp(origin, folder, {
    recursive: true,
    preserveTimestamps: true,
    filter: (source) => !left.has(relative(origin, source)),
  });
  await symlink(join(origin, 'node_modules'), join(folder, 'node_modules'));
  const start = (...parameters: string[]) =>
    execa('make', ['--no-print-directory', ...parameters], { ...options, cwd: folder, env: { STAGE: 'rehearsal' } });
  return {
    folder,
    start,
    make: async (...parameters) => {
      const { exitCode, all } = await start(...parameters);
      return { exitCode, output: String(all) };
    },
    remove: async () => {
      if (existsSync(join(folder, '.rehearsal'))) await start('destroy');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
