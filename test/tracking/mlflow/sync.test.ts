import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { syncRuns } from '../../../tracking/mlflow/sync.ts';
import { Tracker } from '../../../tracking/tracker.ts';
import { refusal } from '../../mlflow/server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startMlflow } from './fake-mlflow.ts';

const description = {
  ...{ name: 'train', parent: null, parameters: {}, inputs: [] },
  code: { command: 'train', intentFleet: '0.1.0', commit: null },
};

async function threeRuns(t: ExecutionContext) {
  const root = await temporaryFolder(t);
  await writeFile(join(root, 'notes.txt'), '');
  const folders: string[] = [];
  for (const [experiment, seconds] of [
    ['a', 1],
    ['b', 1],
    ['b', 2],
  ] as const) {
    const run = await new Tracker(join(root, experiment)).start(
      description,
      new Date(Date.UTC(2026, 4, 1, 0, 0, seconds)),
    );
    folders.push(run.folder);
  }
  return { root, folders, mlflow: await startMlflow(t) };
}

const ignore = () => undefined;

test('all runs of all experiments are sent, and nothing twice', async (t) => {
  const { root, mlflow } = await threeRuns(t);
  const lines: string[] = [];
  const report = (line: string) => lines.push(line);
  t.deepEqual(await syncRuns(mlflow.client(), root, report), { runs: 3, sent: 3, failures: [], untried: 0 });
  t.deepEqual(lines, ['0 of 3 runs', '1 of 3 runs', '2 of 3 runs']);
  t.deepEqual(await syncRuns(mlflow.client(), root, ignore), { runs: 3, sent: 0, failures: [], untried: 0 });
  t.is(mlflow.runs.length, 3);
});

test('a run that cannot be read or is refused stops no other one', async (t) => {
  const { root, folders, mlflow } = await threeRuns(t);
  await appendFile(join(folders[0] ?? '', 'events.jsonl'), 'rubbish\n');
  let creations = 0;
  mlflow.fault = (name) => {
    if (name === 'runs/create') creations += 1;
    return name === 'runs/create' && creations === 1 ? refusal('INVALID_PARAMETER_VALUE') : undefined;
  };
  const { runs, sent, failures, untried } = await syncRuns(mlflow.client(), root, ignore);
  t.deepEqual([runs, sent, untried], [3, 1, 0]);
  t.deepEqual(
    failures.map(({ folder }) => folder),
    folders.slice(0, 2),
  );
});

test('a server that answers nobody is asked for one run only', async (t) => {
  const { root, folders, mlflow } = await threeRuns(t);
  mlflow.fault = () => ({ status: 401 });
  const { runs, sent, failures, untried } = await syncRuns(mlflow.client(), root, ignore);
  t.deepEqual([runs, sent, untried], [3, 0, 2]);
  t.deepEqual(
    failures.map(({ folder }) => folder),
    folders.slice(0, 1),
  );
  t.is(mlflow.received.length, 1);
});

test('without runs there is nothing to send', async (t) => {
  const { client } = await startMlflow(t);
  const root = join(await temporaryFolder(t), 'none');
  t.deepEqual(await syncRuns(client(), root, ignore), { runs: 0, sent: 0, failures: [], untried: 0 });
});
