import type { Access } from '../../deployments/access.ts';
import type { Deployment } from '../../deployments/deployment.ts';
import { failureLines } from '../../deployments/failure-lines.ts';
import { Fleet } from '../../deployments/fleet.ts';
import { StoredLogs } from '../../deployments/stored-logs.ts';
import type { Outputs } from '../../stacks/outputs.ts';
import { logLine } from '../command-line/log-line.ts';

const mostLines = 5;

/** Reading all lines of a day would keep the reason from whoever waits for it. */
const longestMilliseconds = 30 * 60_000;

/** Returns the log lines that show why a deployment has failed, as they follow its message; empty where there are none. */
export async function failureText(access: Access, outputs: Outputs, begun: Deployment, ended: Deployment) {
  if (!begun.progress) return '';
  const { machines } = await new Fleet(access, outputs.tracks[ended.live]).status();
  // Where nothing served before, no machine does.
  const serving = begun.progress.from === null ? [] : machines.map(({ id }) => id);
  const lines = await failureLines(new StoredLogs(access, outputs.log_groups), {
    since: Math.max(Date.parse(begun.progress.beganAt), Date.now() - longestMilliseconds),
    ...{ serving, most: mostLines },
  });
  return lines.length === 0 ? '' : `\n\n${lines.map(logLine).join('\n')}`;
}
