import type { ReleaseOnDisk } from '../release.ts';
import type { Play } from '../tasks/task.ts';
import type { Variables } from '../variables.ts';
import { handlersFor } from './handlers.ts';
import { logsRole } from './logs.ts';
import { preflightRole } from './preflight.ts';
import { proxyRole } from './proxy.ts';
import { releaseRole } from './release.ts';
import { serviceRole } from './service.ts';
import { shipperRole } from './shipper.ts';
import { verifyRole } from './verify.ts';

/**
 * Returns the roles and handlers of a machine. The last role lets nginx answer the load balancer's health check, so that a machine
 * on which a task failed never gets traffic.
 */
export function playFor(release: ReleaseOnDisk, variables: Variables): Play {
  const handlers = handlersFor(variables);
  return {
    roles: [
      preflightRole(),
      releaseRole(release, handlers),
      logsRole(handlers),
      shipperRole(release, variables, handlers),
      serviceRole(release, variables, handlers),
      proxyRole(release, variables, handlers),
      verifyRole(release, variables),
    ],
    handlers: Object.values(handlers),
  };
}
