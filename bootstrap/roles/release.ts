import { paths } from '../paths.ts';
import type { ReleaseOnDisk } from '../release.ts';
import { command } from '../tasks/command.ts';
import { directory } from '../tasks/directory.ts';
import { surplusFiles } from '../tasks/surplus-files.ts';
import { symlink } from '../tasks/symlink.ts';
import type { Role } from '../tasks/task.ts';
import type { Handlers } from './handlers.ts';

/** Makes the release that this bootstrap belongs to the current one. */
export function releaseRole(
  { id, folder, manifest }: ReleaseOnDisk,
  { restartShipper, restartWorkers }: Handlers,
): Role {
  const checksums = Object.entries(manifest.files).map(([path, sha256]) => `${sha256}  ${path}\n`);
  return {
    name: 'release',
    tasks: [
      command({
        name: "Verify the release's checksums",
        argv: ['sha256sum', '--check', '--strict', '--quiet', '-'],
        input: checksums.join(''),
        directory: folder,
        observes: true,
      }),
      directory({ name: 'Make the state directory', path: paths.state, mode: 0o755 }),
      directory({ name: 'Make the directory of verified releases', path: paths.serving, mode: 0o755 }),
      surplusFiles({ name: 'Refuse traffic until this release is verified', folder: paths.serving, keep: [id] }),
      symlink({
        name: 'Point to the current release',
        path: paths.current,
        target: folder,
        notify: [restartShipper, restartWorkers],
      }),
    ],
  };
}
