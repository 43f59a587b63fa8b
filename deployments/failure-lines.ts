import { levelOfLog } from '../common/readable-log.ts';
import { NewestLines } from './newest-lines.ts';
import type { StoredLine, StoredLogs } from './stored-logs.ts';

export interface FailureLinesProps {
  /** When the deployment began, in milliseconds since 1970. */
  since: number;
  /** The machines that serve. */
  serving: readonly string[];
  /** How many lines of a machine are returned at most. */
  most: number;
}

/** Returns what the services of machines that do not serve have said of trouble, the newest lines of each machine, by time. */
export async function failureLines(
  logs: Pick<StoredLogs, 'read'>,
  { since, serving, most }: FailureLinesProps,
): Promise<StoredLine[]> {
  const newest = new NewestLines(most);
  for await (const line of logs.read({ units: ['service'], since }))
    if (!serving.includes(line.machine) && tellsOfTrouble(line.message)) newest.add(line);
  return newest.interleaved();
}

// What systemd says of units that start and end as they should.
const harmlessText = /^(?:Start|Stopp|Reload|Finished |\S+: (?:Deactivated|Consumed|Scheduled))/;

function tellsOfTrouble(message: string): boolean {
  const level = levelOfLog(message);
  return level === undefined ? !harmlessText.test(message) : ['warn', 'error', 'fatal'].includes(level);
}
