import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { cacheFolder } from '../../common/cache-folder.ts';

export interface PrometheusPrograms {
  prometheus: string;
  promtool: string;
}

/** Finds Prometheus and promtool on the PATH or in the cache, or fetches Debian's package, which needs no root; else says why not. */
export async function findPrometheus(cache = cacheFolder()): Promise<PrometheusPrograms | string> {
  const unpacked = join(cache, 'prometheus-package/usr/bin');
  const folders = [...(process.env.PATH ?? '').split(delimiter), unpacked];
  const installed = folders.map(programsIn).find(areThere);
  if (installed) return installed;
  try {
    await fetchPackage(cache);
  } catch (error) {
    return `Debian's package prometheus is not to be had: ${String(error).split('\n', 1)}`;
  }
  return programsIn(unpacked);
}

function programsIn(folder: string): PrometheusPrograms {
  return { prometheus: join(folder, 'prometheus'), promtool: join(folder, 'promtool') };
}

function areThere({ prometheus, promtool }: PrometheusPrograms): boolean {
  return existsSync(prometheus) && existsSync(promtool);
}

async function fetchPackage(cache: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, '.prometheus-'));
  try {
    await execa('apt-get', ['download', 'prometheus'], { cwd: draft });
    const [archive = ''] = await readdir(draft);
    await execa('dpkg-deb', ['-x', join(draft, archive), join(draft, 'package')]);
    await rename(join(draft, 'package'), join(cache, 'prometheus-package')).catch(unlessThere);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

// Another test file has fetched it meanwhile.
function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
}
