import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { execa } from 'execa';

const origin = join(import.meta.dirname, '../..');

// What a checkout builds or keeps stays behind: the copy starts as a fresh clone does.
const left = new Set(['.git', '.rehearsal', 'build', 'cdktf.out', 'node_modules', 'state']);

// The packages are the origin's: installing anew here would empty that.
const quiet = ['--no-print-directory', '--assume-old=node_modules/.package-lock.json'];

const options = { stdin: 'ignore', all: true, reject: false, detached: true } as const;

export type Checkout = Awaited<ReturnType<typeof copyCheckout>>;

/** A copy of this checkout with a rehearsal of its own, so that one that runs here is left alone. */
export async function copyCheckout() {
  const folder = await mkdtemp(join(tmpdir(), 'intent-fleet-'));
  await cp(origin, folder, {
    recursive: true,
    preserveTimestamps: true,
    filter: (source) => !left.has(relative(origin, source)),
  });
  await symlink(join(origin, 'node_modules'), join(folder, 'node_modules'));
  const start = (...parameters: string[]) =>
    execa('make', [...quiet, ...parameters], { ...options, cwd: folder, env: { STAGE: 'rehearsal' } });
  return {
    folder,
    /** Starts `make` there in a process group of its own. */
    start,
    /** Runs `make` there; resolves with the exit code and all that it printed. */
    make: async (...parameters: string[]) => {
      const { exitCode, all } = await start(...parameters);
      return { exitCode, output: String(all) };
    },
    remove: async () => {
      if (existsSync(join(folder, '.rehearsal'))) await start('destroy');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
