import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { UserError } from '../../../common/errors.ts';
import { MlflowError } from '../../../mlflow/error.ts';
import { readCursor } from '../../../tracking/mlflow/cursor.ts';
import { sendRun } from '../../../tracking/mlflow/send.ts';
import { runFile, Tracker } from '../../../tracking/tracker.ts';
import { refusal } from '../../mlflow/server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startMlflow } from './fake-mlflow.ts';

const now = new Date('2026-05-01T10:00:00.000Z');
const time = now.getTime();
const sha256 = 'ab'.repeat(32);

function description(parameters: Record<string, number> = { seed: 1 }, parent: string | null = null) {
  return {
    ...{ name: 'train', parent, parameters, inputs: [{ role: 'train', path: 'messages.csv', sha256, rows: 12 }] },
    code: { command: 'train', intentFleet: '0.1.0', commit: null },
  };
}

async function begun(t: ExecutionContext, parameters?: Record<string, number>) {
  const mlflow = await startMlflow(t);
  const tracker = new Tracker(join(await temporaryFolder(t), 'trials'));
  return { mlflow, tracker, client: mlflow.client(), run: await tracker.start(description(parameters), now) };
}

const metrics = (value: number, step: number) => [
  'runs/log-batch',
  { metrics: [{ key: 'accuracy', value, timestamp: time, step }] },
];

test('a run is sent whole, and afterwards only what is new', async (t) => {
  const { mlflow, client, run } = await begun(t);
  await run.log({ accuracy: 0.5 }, 1, now);
  t.is(await sendRun(client, run.folder), 2);
  t.deepEqual(await readCursor(run.folder, mlflow.address), { server: mlflow.address, run: 'run-1', lines: 2 });
  await run.log({ accuracy: 0.6 }, 2, now);
  await run.keep('page.html', '<p>', now);
  await run.end('finished', undefined, now);
  t.is(await sendRun(client, run.folder), 3);
  t.is(await sendRun(client, run.folder), 0);
  const tags = [
    { key: 'intent-fleet.run', value: run.id },
    { key: 'mlflow.source.name', value: 'train' },
    { key: 'mlflow.source.type', value: 'LOCAL' },
    { key: 'mlflow.note.content', value: `train of intent-fleet 0.1.0; its folder is runs/trials/${run.id}` },
  ];
  const dataset = {
    ...{
      name: 'messages.csv (train)',
      digest: 'ab'.repeat(18),
      source_type: 'local',
      source: '{"uri":"messages.csv"}',
    },
    profile: JSON.stringify({ num_rows: 12, sha256 }),
  };
  t.deepEqual(mlflow.runs[0]?.calls, [
    ['runs/create', { experiment_id: '1', run_name: 'train', start_time: time, tags }],
    ['runs/log-batch', { params: [{ key: 'seed', value: '1' }] }],
    ['runs/log-inputs', { datasets: [{ tags: [{ key: 'mlflow.data.context', value: 'train' }], dataset }] }],
    metrics(0.5, 1),
    metrics(0.6, 2),
    ['runs/update', { status: 'FINISHED', end_time: time }],
  ] as never);
  t.deepEqual([...mlflow.files], [['1/run-1/artifacts/page.html', '<p>']]);
  t.is(mlflow.runs.length, 1);
});

test('a run whose creation was not answered is found again', async (t) => {
  const { mlflow, client, run } = await begun(t);
  mlflow.fault = (name) => (name === 'runs/create' ? 'lost' : undefined);
  await t.throwsAsync(sendRun(client, run.folder), { instanceOf: MlflowError, message: /runs\/create: no answer/ });
  mlflow.fault = () => undefined;
  t.is(await sendRun(client, run.folder), 1);
  t.is(mlflow.runs.length, 1);
});

test('of two runs that were made of one, one is kept', async (t) => {
  const { mlflow, client, run } = await begun(t);
  mlflow.fault = (name) => (name === 'runs/create' ? 'lost' : undefined);
  await t.throwsAsync(sendRun(client, run.folder));
  const tags = mlflow.runs[0]?.tags ?? [];
  // Another program has made it, too.
  mlflow.runs.push({ id: 'run-0', deleted: false, tags, calls: [] });
  mlflow.fault = () => undefined;
  t.is(await sendRun(client, run.folder), 1);
  t.deepEqual(
    mlflow.runs.map(({ id, deleted }) => [id, deleted]),
    [
      ['run-1', true],
      ['run-0', false],
    ],
  );
});

test('what was answered is not sent again after a failure', async (t) => {
  const { mlflow, client, run } = await begun(t);
  await run.log({ accuracy: 0.5 }, 1, now);
  await run.keep('page.html', '<p>', now);
  await run.log({ accuracy: 0.6 }, 2, now);
  mlflow.fault = (name) => (name.startsWith('mlflow-artifacts') ? refusal('INTERNAL_ERROR', 'disk', 500) : undefined);
  await t.throwsAsync(sendRun(client, run.folder), { message: /page.html: INTERNAL_ERROR: disk$/ });
  t.is((await readCursor(run.folder, mlflow.address))?.lines, 2);
  mlflow.fault = () => undefined;
  t.is(await sendRun(client, run.folder), 2);
  t.deepEqual(mlflow.runs[0]?.calls.slice(3), [metrics(0.5, 1), metrics(0.6, 2)] as never);
});

test('more parameters than MLflow takes with one call are sent with several', async (t) => {
  const parameters = Object.fromEntries(Array.from({ length: 250 }, (_, number) => [`p${number}`, number]));
  const { mlflow, client, run } = await begun(t, parameters);
  await sendRun(client, run.folder);
  const batches = mlflow.runs[0]?.calls.filter(([name]) => name === 'runs/log-batch') ?? [];
  t.deepEqual(
    batches.map(([, body]) => (body as { params: object[] }).params.length),
    [100, 100, 50],
  );
});

test('the parent of a run is sent before it', async (t) => {
  const { mlflow, tracker, client, run } = await begun(t);
  const child = await tracker.start(description({}, run.id), now);
  await sendRun(client, child.folder);
  t.deepEqual(
    mlflow.runs.map(({ tags }) => tags.find(({ key }) => key === 'mlflow.parentRunId')?.value),
    [undefined, 'run-1'],
  );
});

test('a run whose parent or files were removed is sent without them', async (t) => {
  const { mlflow, tracker, client, run } = await begun(t);
  const child = await tracker.start(description({}, run.id), now);
  await child.keep('page.html', '<p>', now);
  await rm(run.folder, { recursive: true });
  await rm(runFile(child.folder, 'page.html'));
  t.is(await sendRun(client, child.folder), 2);
  t.is(mlflow.files.size, 0);
  t.is(await sendRun(client, run.folder), 0);
});

test('a run that is gone on the server is sent again from its start', async (t) => {
  const { mlflow, client, run } = await begun(t);
  await sendRun(client, run.folder);
  mlflow.runs.length = 0;
  await run.log({ accuracy: 0.5 }, 1, now);
  await sendRun(client, run.folder);
  t.deepEqual(
    mlflow.runs[0]?.calls.map(([name]) => name),
    ['runs/create', 'runs/log-batch', 'runs/log-inputs', 'runs/log-batch'],
  );
});

test('a data set that another run names at the same time is named again', async (t) => {
  const { mlflow, client, run } = await begun(t);
  let asked = 0;
  mlflow.fault = (name) => {
    if (name === 'runs/log-inputs') asked += 1;
    return name === 'runs/log-inputs' && asked === 1 ? refusal('BAD_REQUEST', 'UNIQUE constraint') : undefined;
  };
  t.is(await sendRun(client, run.folder), 1);
  t.is(asked, 2);
});

test('a server that leaves files to its clients is told', async (t) => {
  const { mlflow, client, run } = await begun(t);
  await run.keep('page.html', '<p>', now);
  const info = { run_id: 'run-1', artifact_uri: 's3://bucket/1', lifecycle_stage: 'active' };
  mlflow.fault = (name) => (name === 'runs/get' ? { body: { run: { info } } } : undefined);
  await t.throwsAsync(sendRun(client, run.folder), {
    instanceOf: UserError,
    message: `${mlflow.address}: expected a server that takes files itself, got one that leaves them to its clients (s3://bucket/1/page.html); start it with --serve-artifacts and --artifacts-destination, and without --default-artifact-root`,
  });
});

test('a run that cannot be read is refused with its place, and one without a whole line is none', async (t) => {
  const { client, run } = await begun(t);
  await appendFile(join(run.folder, 'events.jsonl'), '{"event":"other"}\n');
  await t.throwsAsync(sendRun(client, run.folder), { instanceOf: UserError, message: /events.jsonl:2: not an event/ });
  t.is(await sendRun(client, join(run.folder, 'none')), 0);
});
