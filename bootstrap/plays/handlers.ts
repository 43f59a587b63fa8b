import {
  feedbackUnit,
  keysUnit,
  nginxExporterUnit,
  nodeExporterUnit,
  prometheusUnit,
  shadowFetchUnit,
  shadowUnit,
  shipperUnit,
} from '../paths.ts';
import { command } from '../tasks/command.ts';
import type { Task } from '../tasks/task.ts';
import { reloadedUnits, restartedUnits } from '../tasks/unit.ts';

/** The handlers of what every machine has, in the order in which they run. */
export interface CommonHandlers {
  restartJournal: Task;
  reloadSystemd: Task;
  restartShipper: Task;
  reloadNginx: Task;
}

/** The handlers of a machine that serves, in the order in which they run. */
export interface ServiceHandlers extends CommonHandlers {
  restartKeys: Task;
  restartFeedback: Task;
  restartShadowFetch: Task;
  restartShadow: Task;
  restartWorkers: Task;
  restartNodeExporter: Task;
  restartNginxExporter: Task;
}

/** The handlers of the monitoring machine, in the order in which they run. */
export interface MonitoringHandlers extends CommonHandlers {
  restartPrometheus: Task;
  reloadPrometheus: Task;
}

/** Makes the handlers of a machine with these workers. */
export function serviceHandlers(workers: readonly string[]): ServiceHandlers {
  const { reloadNginx, ...common } = commonHandlers();
  return {
    ...common,
    restartKeys: restartedUnits({ name: 'Restart the key reader', units: [keysUnit] }),
    restartFeedback: restartedUnits({ name: 'Restart the feedback store', units: [feedbackUnit] }),
    restartShadowFetch: restartedUnits({ name: 'Restart the shadow fetcher', units: [shadowFetchUnit] }),
    restartShadow: restartedUnits({ name: 'Restart the shadow', units: [shadowUnit] }),
    restartWorkers: restartedUnits({ name: 'Restart the workers', units: workers }),
    restartNodeExporter: restartedUnits({ name: 'Restart the node exporter', units: [nodeExporterUnit] }),
    restartNginxExporter: restartedUnits({ name: 'Restart the nginx exporter', units: [nginxExporterUnit] }),
    reloadNginx,
  };
}

/** Makes the handlers of the monitoring machine. */
export function monitoringHandlers(): MonitoringHandlers {
  const { reloadNginx, ...common } = commonHandlers();
  return {
    ...common,
    restartPrometheus: restartedUnits({ name: 'Restart Prometheus', units: [prometheusUnit] }),
    reloadPrometheus: reloadedUnits({ name: 'Reload Prometheus', units: [prometheusUnit] }),
    reloadNginx,
  };
}

function commonHandlers(): CommonHandlers {
  return {
    restartJournal: command({
      name: 'Restart the journal',
      argv: ['systemctl', 'restart', 'systemd-journald.service'],
    }),
    reloadSystemd: command({ name: 'Reload systemd', argv: ['systemctl', 'daemon-reload'] }),
    restartShipper: restartedUnits({ name: 'Restart the log shipper', units: [shipperUnit] }),
    reloadNginx: reloadedUnits({ name: 'Reload nginx', units: ['nginx.service'] }),
  };
}
