import { paths, shipperUnit, shipperUser } from '../paths.ts';
import type { CommonHandlers } from '../plays/handlers.ts';
import type { ReleaseOnDisk } from '../release.ts';
import { flushHandlers, type Role, type Task } from '../tasks/task.ts';
import { template } from '../tasks/template.ts';
import { unit } from '../tasks/unit.ts';
import { user } from '../tasks/user.ts';
import type { Variables } from '../variables.ts';

/** Where the log lines of a machine go, and its memory utilization, if a group counts it. */
export interface Shipped {
  logs: Variables['logs'];
  memory?: { endpoint: string; group: string } | undefined;
}

/** Ships the machine's logs, from before the long tasks on, so that the log of a bootstrap that fails arrives, too. */
export function shipperRole(release: ReleaseOnDisk, shipped: Shipped, handlers: CommonHandlers): Role {
  return {
    name: 'shipper',
    tasks: [
      user({ name: "Add the log shipper's user", user: shipperUser }),
      unitFile(release, shipped, handlers),
      flushHandlers,
      unit({ name: 'Start the log shipper', units: [shipperUnit] }),
    ],
  };
}

function unitFile({ manifest }: ReleaseOnDisk, { logs, memory }: Shipped, handlers: CommonHandlers): Task {
  return template({
    name: "Write the log shipper's unit",
    template: 'intent-fleet-logs.service.njk',
    path: `/etc/systemd/system/${shipperUnit}`,
    variables: { logs, memory, start: manifest.shipper, paths, user: shipperUser },
    mode: 0o644,
    validate: (candidate) => ['systemd-analyze', 'verify', '--man=no', '--recursive-errors=no', candidate],
    notify: [handlers.reloadSystemd, handlers.restartShipper],
  });
}
