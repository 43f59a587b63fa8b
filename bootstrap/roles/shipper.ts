import { paths, shipperUnit, shipperUser } from '../paths.ts';
import type { ReleaseOnDisk } from '../release.ts';
import { flushHandlers, type Role, type Task } from '../tasks/task.ts';
import { template } from '../tasks/template.ts';
import { unit } from '../tasks/unit.ts';
import { user } from '../tasks/user.ts';
import type { Variables } from '../variables.ts';
import type { Handlers } from './handlers.ts';

/** Ships the machine's logs, from before the long tasks on, so that the log of a bootstrap that fails arrives, too. */
export function shipperRole(release: ReleaseOnDisk, variables: Variables, handlers: Handlers): Role {
  return {
    name: 'shipper',
    tasks: [
      user({ name: "Add the log shipper's user", user: shipperUser }),
      unitFile(release, variables, handlers),
      flushHandlers,
      unit({ name: 'Start the log shipper', units: [shipperUnit] }),
    ],
  };
}

function unitFile({ manifest }: ReleaseOnDisk, { logs, fleet, memory }: Variables, handlers: Handlers): Task {
  return template({
    name: "Write the log shipper's unit",
    template: 'intent-fleet-logs.service.njk',
    path: `/etc/systemd/system/${shipperUnit}`,
    variables: {
      logs,
      memory: memory && { ...memory, group: fleet.name },
      start: manifest.shipper,
      paths,
      user: shipperUser,
    },
    mode: 0o644,
    validate: (candidate) => ['systemd-analyze', 'verify', '--man=no', '--recursive-errors=no', candidate],
    notify: [handlers.reloadSystemd, handlers.restartShipper],
  });
}
