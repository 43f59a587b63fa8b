import pc from 'picocolors';
import { releaseIdOf } from '../../common/release-id.ts';
import { terminalTable } from '../../common/tables.ts';
import type { Track } from '../../deployments/deployment.ts';
import type { TrafficMetrics } from '../../deployments/metric-queries.ts';
import type { MachineStatus, StageStatus, TrackStatus } from '../../deployments/stage-status.ts';
import { counted } from '../../deployments/strategies/wording.ts';
import { tracks } from '../../stacks/track-names.ts';
import { withStage } from './command.ts';
import { durationText } from './duration.ts';

/** The status of a stage for people. */
export function statusText(status: StageStatus): string {
  const { url, release, problem, metrics, alarms, machines } = status;
  return [
    `${pc.bold(url)}, ${release === null ? 'no release serves' : `release ${releaseIdOf(release)}`}`,
    ...tracks.flatMap((track) => trackLine(track, status.tracks[track])),
    trafficLine(metrics),
    ...(problem ? [pc.red(withStage(problem))] : []),
    ...alarms.map(({ name, description, since }) =>
      pc.red(`${name} rings since ${since.toISOString()}: ${description}`),
    ),
    terminalTable(['machine', 'track', 'address', 'release', 'health', 'CPU', 'age'], machines.map(rowOf)),
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

// An idle track has nothing to tell.
function trackLine(track: Track, { revision, isLive, desired, weight }: TrackStatus): string[] {
  if (!isLive && desired === 0 && weight === 0) return [];
  return [
    `${track}${isLive ? ' (live)' : ''}: ${revision ?? 'no revision'}, ${counted(desired)} desired, ${weight} % of the requests`,
  ];
}

function rowOf({ id, track, address, release, health, reason, cpuPercent, launchedAt }: MachineStatus): string[] {
  const cpu = cpuPercent === null ? '–' : `${cpuPercent.toFixed(0)} %`;
  return [
    id,
    track,
    address,
    release,
    reason ? `${health}: ${reason}` : health,
    cpu,
    durationText(Date.now() - launchedAt.getTime()),
  ];
}
