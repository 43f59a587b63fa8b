import { paths } from '../paths.ts';
import type { ReleaseOnDisk } from '../release.ts';
import { command } from '../tasks/command.ts';
import { directory } from '../tasks/directory.ts';
import { symlink } from '../tasks/symlink.ts';
import type { Role, Task } from '../tasks/task.ts';

/** Makes the release that this bootstrap belongs to the current one; `before` are tasks between its verification and that. */
export function releaseRole(
  { folder, manifest }: ReleaseOnDisk,
  { before, notify }: { before: readonly Task[]; notify: readonly Task[] },
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
      ...before,
      symlink({ name: 'Point to the current release', path: paths.current, target: folder, notify }),
    ],
  };
}
