import { join } from 'node:path';
import { setInterval, setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import { AwsApi, cloudWatch, cloudWatchLogs } from '../common/aws/aws-api.ts';
import { InstanceMetadata } from '../common/aws/instance-metadata.ts';
import { RoleCredentials } from '../common/aws/role-credentials.ts';
import { MetricsFile } from '../common/metrics-file.ts';
import { publishMemory } from './memory/publish.ts';
import { memoryPercent } from './memory/utilization.ts';
import { Tally } from './metrics/tally.ts';
import { WaitingLines } from './metrics/waiting-lines.ts';
import { PositionFile } from './position-file.ts';
import { readSettings } from './settings.ts';
import { ship } from './ship.ts';
import { followAccessLog } from './sources/access-log.ts';
import { followJournal } from './sources/journal.ts';
import { LogStore } from './store/log-store.ts';

// Far below what a call may have, because a window is in memory several times: as lines, events and JSON.
const limits = { characters: 32_768, milliseconds: 2000 };

const metricsMilliseconds = 5000;

/** Time for the last lines of the units that have stopped before this one. */
const lastLinesMilliseconds = 500;

const settings = readSettings(process.env);
const metadata = new InstanceMetadata(settings.metadata);
const stop = new AbortController();
process.once('SIGTERM', () => void sleep(lastLinesMilliseconds).then(() => stop.abort()));

const stream = await pRetry(() => metadata.read('instance-id'), {
  retries: Number.POSITIVE_INFINITY,
  maxTimeout: 5000,
});
const { region, endpoint, memory } = settings;
const credentials = new RoleCredentials(metadata);
const report = (sentence: string) => console.log(sentence);
const waiting = { journal: new WaitingLines(), accessLog: new WaitingLines() };
const tally = new Tally(Object.values(waiting));
const store = new LogStore({
  api: new AwsApi({ service: cloudWatchLogs, region, endpoint, credentials }),
  groups: settings.groups,
  stream,
  tally,
  report,
});

const journal = ship({
  chunksFrom: (position) => followJournal(position, stop.signal),
  position: new PositionFile(join(settings.state, 'journal')),
  waiting: waiting.journal,
  store,
  limits,
});
const accessLog = ship({
  chunksFrom: (position) => followAccessLog({ path: settings.accessLog, position, signal: stop.signal }),
  position: new PositionFile(join(settings.state, 'access-log')),
  waiting: waiting.accessLog,
  store,
  limits,
});
if (memory) {
  const api = new AwsApi({ service: cloudWatch, region, endpoint: memory.endpoint, credentials });
  void publishMemory({ api, group: memory.group, measure: memoryPercent, ticks: setInterval(60_000), report });
}
void keepMetrics(settings.metrics);
// systemd starts it again, and it goes on where it was.
await Promise.all([journal, accessLog]).catch((error: Error) => {
  console.log(error.message);
  process.exitCode = 1;
});
process.exit();

async function keepMetrics(path: string | undefined): Promise<void> {
  const file = path && new MetricsFile(path, report);
  while (file) {
    await file.write(tally.exposition(Date.now()));
    await sleep(metricsMilliseconds);
  }
}
