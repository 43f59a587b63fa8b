import type { ReleaseOnDisk, ServiceManifest } from '../release.ts';
import { exportersRole } from '../roles/exporters.ts';
import { feedbackRole } from '../roles/feedback.ts';
import { keysRole } from '../roles/keys.ts';
import { logsRole } from '../roles/logs.ts';
import { preflightRole } from '../roles/preflight.ts';
import { proxyRole } from '../roles/proxy.ts';
import { releaseRole } from '../roles/release.ts';
import { serviceRole } from '../roles/service.ts';
import { shadowRole } from '../roles/shadow.ts';
import { type Shipped, shipperRole } from '../roles/shipper.ts';
import { refuseTraffic, verifyRole } from '../roles/verify.ts';
import type { Play } from '../tasks/task.ts';
import { type Variables, workerUnits } from '../variables.ts';
import { serviceHandlers } from './handlers.ts';

/**
 * Returns the roles and handlers of a machine that serves. The role `verify` lets nginx answer the load balancer's health check, so
 * that a machine on which a task failed before never gets traffic. What only observes comes later: without it a machine serves, too.
 */
export function servicePlay(release: ReleaseOnDisk<ServiceManifest>, variables: Variables): Play {
  const handlers = serviceHandlers(workerUnits(variables));
  return {
    roles: [
      preflightRole(),
      releaseRole(release, {
        before: refuseTraffic(release.id),
        notify: [
          ...[handlers.restartShipper, handlers.restartKeys, handlers.restartFeedback],
          ...[handlers.restartShadowFetch, handlers.restartShadow, handlers.restartWorkers],
        ],
      }),
      logsRole(handlers),
      shipperRole(release, shippedOf(variables), handlers),
      ...(variables.apiKeys ? [keysRole(release, variables.apiKeys, handlers)] : []),
      ...(variables.feedback ? [feedbackRole(release, variables.feedback, handlers)] : []),
      serviceRole(release, variables, handlers),
      proxyRole(release.id, variables, handlers),
      verifyRole(release, variables),
      exportersRole(handlers),
      ...(variables.shadow ? [shadowRole(release, variables.shadow, handlers)] : []),
    ],
    handlers: Object.values(handlers),
  };
}

function shippedOf({ logs, fleet, memory }: Variables): Shipped {
  return { logs, memory: memory && { ...memory, group: fleet.name } };
}
