import { keysUnit, keysUser, paths, serviceUser } from '../paths.ts';
import type { ServiceHandlers } from '../plays/handlers.ts';
import type { ReleaseOnDisk, ServiceManifest } from '../release.ts';
import { flushHandlers, type Role, type Task } from '../tasks/task.ts';
import { template } from '../tasks/template.ts';
import { unit } from '../tasks/unit.ts';
import { user } from '../tasks/user.ts';
import { wait } from '../tasks/wait.ts';
import type { Variables } from '../variables.ts';

/** Keeps the API keys of the stage current on this machine, before the workers start, which refuse to without them. */
export function keysRole(
  release: ReleaseOnDisk<ServiceManifest>,
  apiKeys: NonNullable<Variables['apiKeys']>,
  handlers: ServiceHandlers,
): Role {
  return {
    name: 'keys',
    tasks: [
      user({ name: 'Add the service user, whose group reads the keys', user: serviceUser }),
      user({ name: "Add the key reader's user", user: keysUser }),
      unitFile(release, apiKeys, handlers),
      flushHandlers,
      unit({ name: 'Start the key reader', units: [keysUnit] }),
      wait({
        name: 'Wait until the API keys have been read',
        until: ['test', '-s', paths.apiKeys],
        seconds: 60,
        explain: ['journalctl', '--no-pager', '--lines', '20', '--unit', keysUnit],
      }),
    ],
  };
}

function unitFile(
  { manifest }: ReleaseOnDisk<ServiceManifest>,
  apiKeys: NonNullable<Variables['apiKeys']>,
  handlers: ServiceHandlers,
): Task {
  return template({
    name: "Write the key reader's unit",
    template: 'intent-fleet-keys.service.njk',
    path: `/etc/systemd/system/${keysUnit}`,
    variables: { apiKeys, start: manifest.keys, paths, user: keysUser, readers: serviceUser },
    mode: 0o644,
    validate: (candidate) => ['systemd-analyze', 'verify', '--man=no', '--recursive-errors=no', candidate],
    notify: [handlers.reloadSystemd, handlers.restartKeys],
  });
}
