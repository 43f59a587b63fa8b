import { shipperUnit } from '../paths.ts';
import { command } from '../tasks/command.ts';
import type { Task } from '../tasks/task.ts';
import { reloadedUnits, restartedUnits } from '../tasks/unit.ts';
import { type Variables, workerUnits } from '../variables.ts';

/** The handlers of all roles, in the order in which they run. */
export interface Handlers {
  restartJournal: Task;
  reloadSystemd: Task;
  restartShipper: Task;
  restartWorkers: Task;
  reloadNginx: Task;
}

/** Makes the handlers for a machine's variables. */
export function handlersFor(variables: Variables): Handlers {
  return {
    restartJournal: command({
      name: 'Restart the journal',
      argv: ['systemctl', 'restart', 'systemd-journald.service'],
    }),
    reloadSystemd: command({ name: 'Reload systemd', argv: ['systemctl', 'daemon-reload'] }),
    restartShipper: restartedUnits({ name: 'Restart the log shipper', units: [shipperUnit] }),
    restartWorkers: restartedUnits({ name: 'Restart the workers', units: workerUnits(variables) }),
    reloadNginx: reloadedUnits({ name: 'Reload nginx', units: ['nginx.service'] }),
  };
}
