import { setTimeout as sleep } from 'node:timers/promises';
import { readableLog } from '../common/readable-log.ts';
import type { Deployed } from '../deployments/deployed.ts';
import { Fleet } from '../deployments/fleet.ts';
import { NewestLines } from '../deployments/newest-lines.ts';
import { StoredLogs } from '../deployments/stored-logs.ts';
import { UnreadLines } from '../deployments/unread-lines.ts';
import { tracks } from '../stacks/track-names.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { logLine } from './command-line/log-line.ts';
import { type LogOptions, type LogQuery, logQuery } from './command-line/log-options.ts';
import { unshippedLogs } from './command-line/unshipped-logs.ts';
import { deployedStage } from './steps/deployed.ts';

const pauseMilliseconds = 2000;

const program = createCommand(
  'logs',
  'Show the log lines of machines, interleaved by time, and the console of a machine that has shipped none. STAGE=<name> chooses the stage.',
)
  .argument('[machine]', 'the id of one machine, or its beginning, also of a terminated one; all machines without it')
  .option('--unit <name>', 'the lines of service, proxy, bootstrap, cloud-init or system alone')
  .option('--since <time>', 'how far to look back: 30s, 10m, 2h or 7d', '10m')
  .option('--lines <number>', 'the newest lines of each unit of each machine', '20')
  .option('--match <text>', 'only lines that contain this text, in upper or lower case')
  .option('--follow', 'go on with the lines that come, until Ctrl-C')
  .action(async (machine: string | undefined, options: LogOptions) => {
    const query = logQuery(options);
    const deployed = await deployedStage(await loadStage(stageName()));
    const { target, outputs } = deployed;
    const fleets = tracks.map((track) => new Fleet(target.access, outputs.tracks[track]));
    const [fleet] = fleets;
    if (!fleet) throw new Error('A stage has no track');
    const ids = await machinesOf(fleets, machine);
    await showShipped(new StoredLogs(target.access, outputs.log_groups), { machine, ids, query, deployed, fleet });
  });

/** The machines of both tracks; with an id or its beginning, that one. */
async function machinesOf(fleets: readonly Fleet[], machine: string | undefined): Promise<string[]> {
  const statuses = await Promise.all(fleets.map((fleet) => fleet.status()));
  const ids = statuses.flatMap(({ machines }) => machines.map(({ id }) => id));
  if (machine === undefined) return ids;
  const found = ids.filter((id) => id.startsWith(machine));
  return found.length > 0 ? found : [machine];
}

interface Shown {
  machine: string | undefined;
  ids: string[];
  query: LogQuery;
  deployed: Deployed;
  /** Reads consoles, whichever track a machine is of. */
  fleet: Fleet;
}

async function showShipped(logs: StoredLogs, { machine, ids, query, deployed, fleet }: Shown): Promise<void> {
  const { units, backMilliseconds, follow } = query;
  const unread = new UnreadLines(logs, { units, since: Date.now() - backMilliseconds, machine });
  const { shown, seen } = await showUnread(unread, query);
  const silent: string[] = [];
  for (const id of ids) {
    if (!seen.some((found) => found.startsWith(id)) && !(await logs.hasLinesOf(id))) silent.push(id);
  }
  await showUnshipped(silent, deployed, fleet, query);
  if (shown + silent.length === 0 && !follow) console.log('(no such lines; SINCE=1d looks further back)');
  while (follow) {
    await sleep(pauseMilliseconds);
    await showUnread(unread, { ...query, lines: Number.POSITIVE_INFINITY });
  }
}

/** Shows the newest lines that were not shown yet; returns their number, and the machines of all that were read. */
async function showUnread(unread: UnreadLines, { lines, match }: LogQuery): Promise<{ shown: number; seen: string[] }> {
  const newest = new NewestLines(lines);
  const seen = new Set<string>();
  for await (const line of unread.read()) {
    seen.add(line.machine);
    if (readableLog(line.message).toLowerCase().includes(match)) newest.add(line);
  }
  const shown = newest.interleaved();
  for (const line of shown) console.log(logLine(line));
  return { shown: shown.length, seen: [...seen] };
}

async function showUnshipped(ids: string[], { target }: Deployed, fleet: Fleet, { lines }: LogQuery): Promise<void> {
  for (const id of ids) console.log(await unshippedLogs(id, target, fleet, lines));
}

await run(program);
