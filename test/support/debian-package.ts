import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

/** Fetches a package of Debian, without root, and unpacks it into `<name>-package` in the cache. */
export async function fetchPackage(name: string, cache: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, `.${name}-`));
  try {
    await execa('apt-get', ['download', name], { cwd: draft });
    const [archive = ''] = await readdir(draft);
    await execa('dpkg-deb', ['-x', join(draft, archive), join(draft, 'package')]);
    await rename(join(draft, 'package'), join(cache, `${name}-package`)).catch(unlessThere);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

// Another test file has fetched it meanwhile.
function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
}
