import type { ReleaseOnDisk } from '../release.ts';
import type { Play } from '../tasks/task.ts';
import type { Variables } from '../variables.ts';
import { handlersFor } from './handlers.ts';
import { logsRole } from './logs.ts';
import { preflightRole } from './preflight.ts';
import { proxyRole } from './proxy.ts';
import { releaseRole } from './release.ts';
import { serviceRole } from './service.ts';

/**
 * Returns the roles and handlers of a machine. The proxy comes after the workers are ready, so that a machine on which a task
 * failed has no listener that the load balancer could find healthy.
 */
export function playFor(release: ReleaseOnDisk, variables: Variables): Play {
  const handlers = handlersFor(variables);
  return {
    roles: [
      preflightRole(),
      releaseRole(release, handlers),
      logsRole(handlers),
      serviceRole(release, variables, handlers),
      proxyRole(variables, handlers),
    ],
    handlers: Object.values(handlers),
  };
}
