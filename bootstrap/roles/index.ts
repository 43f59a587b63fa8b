import type { ReleaseOnDisk } from '../release.ts';
import type { Role } from '../tasks/task.ts';
import type { Variables } from '../variables.ts';
import { logsRole } from './logs.ts';
import { proxyRole } from './proxy.ts';
import { releaseRole } from './release.ts';
import { serviceRole } from './service.ts';

/**
 * Everything that is done to a machine, in its order. The proxy comes after the workers have answered, so that
 * a machine on which something failed has no listener that the balancer could find healthy.
 */
export function roles(release: ReleaseOnDisk, variables: Variables): Role[] {
  return [releaseRole(release), logsRole(), serviceRole(variables), proxyRole(variables)];
}
