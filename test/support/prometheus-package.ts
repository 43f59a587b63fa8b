import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheFolder } from '../../common/cache-folder.ts';
import { fetchPackage } from './debian-package.ts';

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
    await fetchPackage('prometheus', cache);
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
