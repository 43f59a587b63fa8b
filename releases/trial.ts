import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { localFiles } from '../bootstrap/machine/files.ts';
import { openServiceRelease } from '../bootstrap/release.ts';
import { UserError } from '../common/errors.ts';
import { releaseIdOf } from '../common/release-id.ts';
import { removeAbandoned, writeFileWhole } from '../common/write-file.ts';
import type { PackedRelease } from './pack.ts';
import { askExamples } from './trial-questions.ts';
import { tryService } from './trial-service.ts';
import { unpackArchive } from './unpack.ts';

const longestMilliseconds = 30_000;

/**
 * Starts a packed release on this machine and asks it the examples of its model; returns their number. A release that has
 * passed before is not tried again; its result is undefined.
 */
export async function tryRelease(
  { path, sha256 }: Pick<PackedRelease, 'path' | 'sha256'>,
  milliseconds = longestMilliseconds,
): Promise<number | undefined> {
  const id = releaseIdOf(sha256);
  const marker = join(dirname(path), `${id}.tried`);
  if ((await readFile(marker, 'utf8').catch(() => undefined)) === sha256) return undefined;
  const { faults, log, asked } = await inTemporaryFolder(dirname(path), async (folder) => {
    await unpackArchive(path, folder);
    const release = await openServiceRelease(localFiles(), folder);
    const { examples } = release.manifest;
    const outcome = await tryService(release, milliseconds, (url) => askExamples(url, examples));
    return { ...outcome, asked: examples.length };
  });
  if (faults.length > 0)
    throw new UserError([`Release ${id} failed its trial on this machine:`, ...faults, ...log].join('\n'));
  await writeFileWhole(marker, sha256);
  return asked;
}

const prefix = '.trial-';

// Removes the folder also when Ctrl-C ends the command; the next trial removes what a killed one has left.
async function inTemporaryFolder<Result>(parent: string, action: (folder: string) => Promise<Result>): Promise<Result> {
  await removeAbandoned(parent, prefix);
  const folder = join(parent, `${prefix}${process.pid}`);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    return await action(folder);
  } finally {
    process.removeListener('exit', remove);
    remove();
  }
}
