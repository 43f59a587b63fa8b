import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { execa } from 'execa';
import { sha256 } from '../../../common/checksum.ts';
import { releaseIdOf } from '../../../common/release-id.ts';
import type { WantedShadow } from '../../../common/shadow/wanted.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** An archive of a release, and what names it. */
export interface Archive {
  content: Buffer;
  key: string;
  wanted: WantedShadow;
}

/** Packs files into an archive that is found below an address. */
export async function packArchive(
  t: ExecutionContext,
  releases: string,
  files: Record<string, string>,
): Promise<Archive> {
  const folder = await temporaryFolder(t);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, 'files', name)), { recursive: true });
    await writeFile(join(folder, 'files', name), content);
  }
  await execa('tar', ['-czf', join(folder, 'archive'), '-C', join(folder, 'files'), ...Object.keys(files)]);
  const content = await readFile(join(folder, 'archive'));
  const digest = sha256(content);
  const release = releaseIdOf(digest);
  const key = `${release}.tar.gz`;
  return { content, key, wanted: { release, url: `${releases}/${key}`, sha256: digest } };
}
