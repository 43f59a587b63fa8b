import { keysUnit, keysUser, paths, serviceUser } from '../paths.ts';
import type { ServiceHandlers } from '../plays/handlers.ts';
import type { ReleaseOnDisk, ServiceManifest } from '../release.ts';
import type { Role } from '../tasks/task.ts';
import { user } from '../tasks/user.ts';
import type { Variables } from '../variables.ts';
import { programTasks, untilWritten } from './program.ts';

/** Keeps the API keys of the stage current on this machine, before the workers start, which refuse to without them. */
export function keysRole(
  { manifest }: ReleaseOnDisk<ServiceManifest>,
  apiKeys: NonNullable<Variables['apiKeys']>,
  handlers: ServiceHandlers,
): Role {
  return {
    name: 'keys',
    tasks: [
      user({ name: 'Add the service user, whose group reads the keys', user: serviceUser }),
      ...programTasks({
        ...{ title: 'key reader', user: keysUser, unit: keysUnit, start: manifest.keys },
        ...{ variables: { apiKeys, readers: serviceUser }, handlers, restart: handlers.restartKeys },
      }),
      untilWritten({ name: 'Wait until the API keys have been read', path: paths.apiKeys, unit: keysUnit }),
    ],
  };
}
