import { serviceUser, shadowFetchUnit, shadowFetchUser, shadowSlice, shadowUnit, shadowUser } from '../paths.ts';
import type { ServiceHandlers } from '../plays/handlers.ts';
import { shadowPorts } from '../ports.ts';
import type { ReleaseOnDisk, ServiceManifest } from '../release.ts';
import type { Role, Task } from '../tasks/task.ts';
import { template } from '../tasks/template.ts';
import type { Variables } from '../variables.ts';
import { programTasks } from './program.ts';

type Shadow = NonNullable<Variables['shadow']>;

/** Runs one worker of a new release beside those that answer, within limits of its own, when and as long as the stage names one. */
export function shadowRole(
  { id, manifest }: ReleaseOnDisk<ServiceManifest>,
  shadow: Shadow,
  handlers: ServiceHandlers,
): Role {
  const variables = { shadow, slice: shadowSlice, writers: serviceUser };
  return {
    name: 'shadow',
    tasks: [
      slice(shadow, handlers),
      ...programTasks({
        ...{ handlers, title: 'shadow fetcher', user: shadowFetchUser, unit: shadowFetchUnit },
        ...{ start: manifest.shadowFetch, variables, restart: handlers.restartShadowFetch },
      }),
      ...programTasks({
        ...{ handlers, title: 'shadow', user: shadowUser, unit: shadowUnit, start: manifest.shadow },
        restart: handlers.restartShadow,
        variables: { ...variables, release: id, ports: shadowPorts },
      }),
    ],
  };
}

function slice(shadow: Shadow, { reloadSystemd, restartShadowFetch, restartShadow }: ServiceHandlers): Task {
  return template({
    name: "Limit the shadow's processor time and memory",
    template: `${shadowSlice}.njk`,
    path: `/etc/systemd/system/${shadowSlice}`,
    variables: { shadow },
    mode: 0o644,
    validate: (candidate) => ['systemd-analyze', 'verify', '--man=no', '--recursive-errors=no', candidate],
    notify: [reloadSystemd, restartShadowFetch, restartShadow],
  });
}
