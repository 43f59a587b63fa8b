import { execFile } from 'node:child_process';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bucket } from '../../common/aws/bucket.ts';
import type { WantedShadow } from '../../common/shadow/wanted.ts';
import { unlessMissing } from '../../common/unless-missing.ts';
import { currentFile, readCurrent, removeCurrent, writeCurrent } from '../current.ts';
import { download } from './download.ts';

export interface InstallProps {
  /** The folder of the releases. */
  folder: string;
  /** The URL below which the archives of the stage's releases are; nothing else is fetched. */
  releases: string;
  /** What is there. */
  bucket: Pick<Bucket, 'read'>;
  /** Tells whether a release is still to run. */
  isWanted: (wanted: WantedShadow) => Promise<boolean>;
}

/** What is not complete. */
const partialFolder = '.partial';

// Five times what a release has.
const mostBytes = 256 * 1024 * 1024;
const downloadMilliseconds = 10 * 60 * 1000;
const unpackMilliseconds = 5 * 60 * 1000;

const run = promisify(execFile);

/** Has a release of the stage run as the shadow, and ends and removes any other one before. Repeats nothing that is done. */
export async function install(props: InstallProps, wanted: WantedShadow): Promise<void> {
  const { folder } = props;
  const key = keyOf(props.releases, wanted);
  if ((await readCurrent(folder))?.release !== wanted.release) await removeCurrent(folder);
  // The one before is not wanted any more, and goes first: two take the room of two.
  await removeAllBut(folder, [wanted.release, currentFile]);
  if (!(await stat(join(folder, wanted.release)).catch(unlessMissing))) {
    await fetchRelease(props, key, wanted);
    // That may have taken minutes.
    if (!(await props.isWanted(wanted))) return;
  }
  await writeCurrent(folder, wanted);
}

/** Has no release run, and removes what was fetched. */
export async function uninstall({ folder }: Pick<InstallProps, 'folder'>): Promise<void> {
  await removeCurrent(folder);
  await removeAllBut(folder, []);
}

// The name is that of one file: whoever may write the parameter cannot make machines send a signed request elsewhere.
function keyOf(releases: string, { url }: WantedShadow): string {
  const key = url.startsWith(`${releases}/`) ? url.slice(releases.length + 1) : '';
  if (/^[\w-][\w.-]*$/.test(key)) return key;
  throw new Error(`expected an archive below ${releases}/, got ${url}`);
}

async function fetchRelease({ folder, bucket }: InstallProps, key: string, wanted: WantedShadow): Promise<void> {
  const partial = join(folder, partialFolder);
  const [archive, files] = [join(partial, 'release.tar.gz'), join(partial, 'files')];
  await rm(partial, { recursive: true, force: true });
  await mkdir(files, { recursive: true });
  try {
    const source = await bucket.read(key, downloadMilliseconds);
    await download({ source, path: archive, sha256: wanted.sha256, mostBytes });
    const options = ['--extract', '--gzip', '--no-same-owner', '--no-same-permissions'];
    await run('tar', [...options, '--file', archive, '--directory', files], { timeout: unpackMilliseconds });
    // The files are on the disk before their folder has its name: a machine that loses its power finds all of them or none.
    await run('sync', ['--file-system', files], { timeout: unpackMilliseconds });
    await rename(files, join(folder, wanted.release));
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function removeAllBut(folder: string, kept: readonly string[]): Promise<void> {
  for (const name of await readdir(folder))
    if (!kept.includes(name)) await rm(join(folder, name), { recursive: true, force: true });
}
