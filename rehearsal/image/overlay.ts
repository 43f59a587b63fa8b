import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { runAll } from '../run.ts';

/** Mounts a copy-on-write view of the base image below `folder`, and returns its root file system. */
export async function mountOverlay(image: string, folder: string, run: typeof runAll): Promise<string> {
  const [upper, work, root] = [join(folder, 'upper'), join(folder, 'work'), overlayRoot(folder)];
  for (const path of [upper, work, root]) await mkdir(path, { recursive: true });
  await run([['mount', '-t', 'overlay', 'overlay', '-o', `lowerdir=${image},upperdir=${upper},workdir=${work}`, root]]);
  return root;
}

export function overlayRoot(folder: string): string {
  return join(folder, 'root');
}
