import pc from 'picocolors';
import { releaseIdOf } from '../../common/release-id.ts';
import { terminalTable } from '../../common/tables.ts';
import type { TrafficMetrics } from '../../deployments/metric-queries.ts';
import type { MachineStatus, StageStatus } from '../../deployments/stage-status.ts';

/** The status of a stage for people. */
export function statusText({ url, release, desired, problem, metrics, alarms, machines }: StageStatus): string {
  return [
    `${pc.bold(url)}, release ${releaseIdOf(release)}, ${desired} machines desired`,
    trafficLine(metrics),
    ...(problem ? [pc.red(`This release does not serve on every machine: ${problem}`)] : []),
    ...alarms.map(({ name, description, since }) =>
      pc.red(`${name} rings since ${since.toISOString()}: ${description}`),
    ),
    terminalTable(['machine', 'address', 'release', 'health', 'CPU', 'age'], machines.map(rowOf)),
  ].join('\n');
}

function trafficLine({ until, requestsPerSecond, p90Milliseconds, errorPercent }: TrafficMetrics): string {
  if (until === null || requestsPerSecond === null) return 'No metrics yet.';
  const figures = [
    `${requestsPerSecond.toFixed(1)} requests/s`,
    ...(p90Milliseconds === null ? [] : [`p90 ${p90Milliseconds.toFixed(0)} ms`]),
    ...(errorPercent === null ? [] : [`${errorPercent.toFixed(1)} % answered with a status from 500`]),
  ];
  return `${figures.join(', ')} until ${until.toISOString()}`;
}

function rowOf({ id, address, release, health, reason, cpuPercent, launchedAt }: MachineStatus): string[] {
  const cpu = cpuPercent === null ? '–' : `${cpuPercent.toFixed(0)} %`;
  return [id, address, release, reason ? `${health}: ${reason}` : health, cpu, age(launchedAt)];
}

// In the two largest units.
function age(date: Date): string {
  const seconds = Math.max(0, Math.floor((Date.now() - date.getTime()) / 1000));
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  if (days > 0) return `${days} d ${hours} h`;
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${seconds % 60} s`;
}
