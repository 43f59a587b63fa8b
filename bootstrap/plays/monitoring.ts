import type { MonitoringVariables } from '../monitoring-variables.ts';
import type { MonitoringManifest, ReleaseOnDisk } from '../release.ts';
import { dashboardRole } from '../roles/dashboard.ts';
import { logsRole } from '../roles/logs.ts';
import { preflightRole } from '../roles/preflight.ts';
import { prometheusRole } from '../roles/prometheus.ts';
import { releaseRole } from '../roles/release.ts';
import { shipperRole } from '../roles/shipper.ts';
import type { Play } from '../tasks/task.ts';
import { monitoringHandlers } from './handlers.ts';

/** Returns the roles and handlers of the monitoring machine. */
export function monitoringPlay(release: ReleaseOnDisk<MonitoringManifest>, variables: MonitoringVariables): Play {
  const handlers = monitoringHandlers();
  return {
    roles: [
      preflightRole(),
      releaseRole(release, { before: [], notify: [handlers.restartShipper] }),
      logsRole(handlers),
      shipperRole(release, { logs: variables.logs }, handlers),
      prometheusRole(variables, handlers),
      dashboardRole(variables, handlers),
    ],
    handlers: Object.values(handlers),
  };
}
