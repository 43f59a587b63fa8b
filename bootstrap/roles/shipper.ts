import { shipperUnit, shipperUser } from '../paths.ts';
import type { CommonHandlers } from '../plays/handlers.ts';
import type { ReleaseOnDisk } from '../release.ts';
import type { Role } from '../tasks/task.ts';
import type { Variables } from '../variables.ts';
import { programTasks } from './program.ts';

/** Where the log lines of a machine go, and its memory utilization, if a group counts it. */
export interface Shipped {
  logs: Variables['logs'];
  memory?: { endpoint: string; group: string } | undefined;
}

/** Ships the machine's logs, from before the long tasks on, so that the log of a bootstrap that fails arrives, too. */
export function shipperRole({ manifest }: ReleaseOnDisk, { logs, memory }: Shipped, handlers: CommonHandlers): Role {
  return {
    name: 'shipper',
    tasks: programTasks({
      ...{ title: 'log shipper', user: shipperUser, unit: shipperUnit, start: manifest.shipper },
      ...{ variables: { logs, memory }, handlers, restart: handlers.restartShipper },
    }),
  };
}
