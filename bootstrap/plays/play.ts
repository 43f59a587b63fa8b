import { parseMonitoringVariables } from '../monitoring-variables.ts';
import type { ReleaseOnDisk } from '../release.ts';
import type { Play } from '../tasks/task.ts';
import { parseVariables } from '../variables.ts';
import { monitoringPlay } from './monitoring.ts';
import { servicePlay } from './service.ts';

/** Returns the play of the machine that a release is for; refuses variables that are not those of such a machine. */
export function playFor({ manifest, ...release }: ReleaseOnDisk, variables: unknown): Play {
  return manifest.machines === 'monitoring'
    ? monitoringPlay({ ...release, manifest }, parseMonitoringVariables(variables))
    : servicePlay({ ...release, manifest }, parseVariables(variables));
}
