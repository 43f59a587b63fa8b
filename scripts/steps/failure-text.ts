import type { Access } from '../../deployments/access.ts';
import type { Deployment } from '../../deployments/deployment.ts';
import { failureLines } from '../../deployments/failure-lines.ts';
import { Fleet } from '../../deployments/fleet.ts';
import { StoredLogs } from '../../deployments/stored-logs.ts';
import type { Outputs } from '../../stacks/outputs.ts';
import { logLine } from '../command-line/log-line.ts';

const mostLines = 5;

/** Returns the log lines that show why a deployment has failed, as they follow its message; empty where there are none. */
export async function failureText(access: Access, outputs: Outputs, begun: Deployment, ended: Deployment) {
  if (!begun.progress) return '';
  const { machines } = await new Fleet(access, outputs.tracks[ended.live]).status();
  const lines = await failureLines(new StoredLogs(access, outputs.log_groups), {
    since: Date.parse(begun.progress.beganAt),
    serving: machines.map(({ id }) => id),
    most: mostLines,
  });
  return lines.length === 0 ? '' : `\n\n${lines.map(logLine).join('\n')}`;
}
