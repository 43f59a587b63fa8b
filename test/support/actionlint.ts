import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { cacheFolder } from '../../common/cache-folder.ts';
import { fetchPackage } from './debian-package.ts';

const version = 'v1.7.12';

export interface Actionlint {
  actionlint: string;
  /** What it checks each command with. */
  shellcheck: string;
}

/** Finds actionlint and shellcheck on the PATH or in the cache, or fetches them, which needs Go and Debian but no root; else says why not. */
export async function findActionlint(cache = cacheFolder()): Promise<Actionlint | string> {
  try {
    const [actionlint, shellcheck] = await Promise.all([
      find('actionlint', join(cache, `actionlint-${version}/actionlint`), () => compile(cache)),
      find('shellcheck', join(cache, 'shellcheck-package/usr/bin/shellcheck'), () => fetchPackage('shellcheck', cache)),
    ]);
    return { actionlint, shellcheck };
  } catch (error) {
    return `actionlint or shellcheck is not to be had: ${String(error).split('\n', 1)}`;
  }
}

async function find(name: string, cached: string, fetch: () => Promise<void>): Promise<string> {
  const { failed } = await execa(name, ['--version'], { reject: false, stdin: 'ignore' });
  if (!failed) return name;
  if (!existsSync(cached)) await fetch();
  return cached;
}

async function compile(cache: string): Promise<void> {
  const folder = join(cache, `actionlint-${version}`);
  await mkdir(folder, { recursive: true });
  await execa('go', ['install', `github.com/rhysd/actionlint/cmd/actionlint@${version}`], {
    ...{ stdin: 'ignore', env: { GOBIN: folder, GOFLAGS: '-modcacherw' } },
  });
}
