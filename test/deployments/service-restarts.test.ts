import test from 'ava';
import { ServiceRestarts } from '../../deployments/service-restarts.ts';
import type { LineSelection, StoredLine } from '../../deployments/stored-logs.ts';

const restarted = (service: string) => `${service}.service: Scheduled restart job, restart counter is at 1.`;

/** Logs to which lines can be added; `selections` has what was read. */
function logs() {
  const selections: LineSelection[] = [];
  const lines: StoredLine[] = [];
  return {
    selections,
    add: (machine: string, message: string) =>
      lines.push({ id: `${lines.length}`, machine, message, unit: 'service', timestamp: 0 }),
    async *read(selection: LineSelection) {
      selections.push(selection);
      yield* lines;
    },
  };
}

test('a service that is started again on a machine that serves has ended', async (t) => {
  const stored = logs();
  const restarts = new ServiceRestarts(stored);
  t.deepEqual(await restarts.find(['i-1'], 1_000_000), new Map());
  stored.add('i-1', restarted('intent-fleet@8081'));
  stored.add('i-2', restarted('intent-fleet@8080'));
  t.deepEqual(await restarts.find(['i-1'], 1_002_000), new Map([['i-1', 'intent-fleet@8081']]));
  t.deepEqual(stored.selections, [
    { units: ['service'], since: 400_000, containing: 'Scheduled restart job' },
    { units: ['service'], since: 402_000, containing: 'Scheduled restart job' },
  ]);
});

test('what happened before the first look, or before the machine served, does not count', async (t) => {
  const stored = logs();
  const restarts = new ServiceRestarts(stored);
  stored.add('i-1', restarted('intent-fleet@8080'));
  t.deepEqual(await restarts.find(['i-1']), new Map());
  stored.add('i-2', restarted('intent-fleet@8080'));
  t.deepEqual(await restarts.find(['i-1']), new Map());
  t.deepEqual(await restarts.find(['i-1', 'i-2']), new Map());
  stored.add('i-2', restarted('intent-fleet@8080'));
  t.deepEqual(await restarts.find(['i-1', 'i-2']), new Map([['i-2', 'intent-fleet@8080']]));
});

test('a line that only tells of a restart is none', async (t) => {
  const stored = logs();
  const restarts = new ServiceRestarts(stored);
  await restarts.find(['i-1']);
  stored.add('i-1', '{"level":"info","msg":"Scheduled restart job"}');
  stored.add('i-1', 'intent-fleet@8080.service: Main process exited, code=exited, status=4/NOPERMISSION');
  t.deepEqual(await restarts.find(['i-1']), new Map());
});
