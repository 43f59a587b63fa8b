import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { z } from 'zod';
import { checkoutFolder } from '../../common/paths.ts';
import { MlflowClient } from '../../mlflow/client.ts';
import { ensureExperiment } from '../../mlflow/experiments.ts';
import { createRun } from '../../mlflow/runs.ts';
import { artifactFiles } from '../../model/artifact/checksums.ts';
import { ArtifactError } from '../../model/artifact/error.ts';
import type { ModelRegistry } from '../../registry/model-registry.ts';
import { openRegistry } from '../../registry/open.ts';
import { sendRun } from '../../tracking/mlflow/send.ts';
import { openTracker } from '../../tracking/open.ts';
import { type Run, type RunDescription, Tracker } from '../../tracking/tracker.ts';
import { trainSmall } from '../model/trained.ts';
import { testRegistry } from '../registry/behaviour.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { useMlflow } from './mlflow-server.ts';

const server = useMlflow(test);

const client = () => new MlflowClient({ address: server().address, authorization: undefined });

const now = new Date('2026-05-01T10:00:00.000Z');
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const folds = 30;

function description(name: string, parent: string | null = null): RunDescription {
  return {
    ...{ name, parent, parameters: { algorithm: 'linear-svm', seed: 1, isOwn: true } },
    code: { command: 'train', intentFleet: '0.1.0', commit: 'a'.repeat(40) },
    inputs: [
      { role: 'train', path: 'messages.csv', sha256: 'ab'.repeat(32), rows: 12 },
      { role: 'test', path: 'messages.csv', sha256: 'ab'.repeat(32), rows: 3 },
    ],
  };
}

interface Seen {
  info: {
    run_id: string;
    experiment_id: string;
    run_name: string;
    status: string;
    start_time: number;
    end_time?: number;
  };
  data: { metrics?: object[]; params?: { key: string; value: string }[]; tags: { key: string; value: string }[] };
  inputs: { dataset_inputs?: { dataset: object; tags: object[] }[] };
}

/** Everything that MLflow has of the runs of an experiment, by their names; without what it adds itself. */
async function seen(
  experiment: string,
  run_view_type = 'ALL',
): Promise<Record<string, Seen & { histories: object; files: object }>> {
  const asked = z.object({ experiment: z.object({ experiment_id: z.string() }) });
  const { experiment: found } = await client().get('experiments/get-by-name', { experiment_name: experiment }, asked);
  const answer = z.object({ runs: z.array(z.unknown()).default([]) });
  const query = { experiment_ids: [found.experiment_id], run_view_type };
  const { runs } = await client().post('runs/search', query, answer);
  const names = await Promise.all((runs as Seen[]).map(async (run) => [run.info.run_name, await whole(run)] as const));
  if (new Set(names.map(([name]) => name)).size < names.length) throw new Error('a run is there twice');
  return Object.fromEntries(names);
}

async function whole(run: Seen) {
  const { run_id } = run.info;
  const keys = (run.data.metrics ?? []).map((metric) => (metric as { key: string }).key).sort();
  const anything = z.object({ metrics: z.array(z.unknown()).default([]) });
  const histories = await Promise.all(
    keys.map(async (metric_key) => {
      const query = { run_id, metric_key, max_results: '10000' };
      return [metric_key, (await client().get('metrics/get-history', query, anything)).metrics] as const;
    }),
  );
  const listed = z.object({
    files: z.array(z.object({ path: z.string(), file_size: z.number().default(0) })).default([]),
  });
  const { files } = await client().get('artifacts/list', { run_id }, listed);
  return { ...run, histories: Object.fromEntries(histories), files };
}

function tagOf(run: Seen | undefined, key: string): string | undefined {
  return run?.data.tags.find((tag) => tag.key === key)?.value;
}

function open(t: ExecutionContext, root: string, experiment: string) {
  const warnings: string[] = [];
  const opened = openTracker({
    ...{ experiment, root, warn: (sentence: string) => warnings.push(sentence) },
    environment: { MLFLOW_TRACKING_URI: server().address },
  });
  t.teardown(() => opened.finish(100));
  return { ...opened, warnings };
}

/** Sends the rest with the command, in a process of its own. */
async function sync(root: string) {
  const { exitCode, stdout, stderr } = await execa('node', ['scripts/sync-experiments.ts', '--runs', root], {
    ...{ cwd: checkoutFolder, preferLocal: true, reject: false, stdin: 'ignore' },
    env: { MLFLOW_TRACKING_URI: server().address, COLUMNS: '200' },
  });
  return { exitCode, stdout, stderr };
}

async function logFolds(run: Run, from: number, to: number): Promise<void> {
  for (let fold = from; fold < to; fold += 1)
    await run.log({ accuracy: fold / 100, loss: 1 / (fold + 1) }, fold, at(fold));
}

const history = (key: string, valueAt: (fold: number) => number) =>
  Array.from({ length: folds }, (_, fold) => ({
    key,
    value: valueAt(fold),
    timestamp: at(fold).getTime(),
    step: fold,
  }));

const expectedHistories = {
  accuracy: history('accuracy', (fold) => fold / 100),
  loss: history('loss', (fold) => 1 / (fold + 1)),
};

test.serial('a run arrives while it is written: parent, figures, inputs, files, end', async (t) => {
  const root = await temporaryFolder(t);
  const { tracker, finish, warnings } = open(t, root, 'live');
  const parent = await tracker.start(description('folds'), now);
  const child = await tracker.start(description('fold 1', parent.id), at(1));
  await logFolds(child, 0, folds);
  await child.keep('pages/Übersicht 1.html', '<p>', at(40));
  await child.append({ event: 'registered', at: at(41).toISOString(), model: 'intents', version: 3 });
  await child.end('failed', 'no memory', at(42));
  await parent.end('finished', undefined, at(43));
  t.true(await finish());
  t.deepEqual(warnings, []);
  const runs = await seen('live');
  t.deepEqual(Object.keys(runs).sort(), ['fold 1', 'folds']);
  const [first, second] = [runs.folds, runs['fold 1']];
  t.is(tagOf(second, 'mlflow.parentRunId'), first?.info.run_id);
  t.is(tagOf(first, 'mlflow.parentRunId'), undefined);
  t.deepEqual(
    [first, second].map((run) => [run?.info.status, run?.info.start_time, run?.info.end_time]),
    [
      ['FINISHED', now.getTime(), at(43).getTime()],
      ['FAILED', at(1).getTime(), at(42).getTime()],
    ],
  );
  t.is(tagOf(second, 'mlflow.note.content'), 'no memory');
  t.is(tagOf(second, 'mlflow.source.git.commit'), 'a'.repeat(40));
  t.is(tagOf(second, 'intent-fleet.model-version'), '3');
  t.deepEqual(second?.data.params?.map(({ key, value }) => `${key}: ${value}`).sort(), [
    'algorithm: linear-svm',
    'isOwn: true',
    'seed: 1',
  ]);
  t.deepEqual(second?.histories, expectedHistories);
  t.deepEqual(second?.files, [{ path: 'pages', file_size: 0 }]);
  const contexts = second?.inputs.dataset_inputs?.map(({ tags }) => tags);
  t.deepEqual(contexts?.map((tags) => (tags[0] as { value: string }).value).sort(), ['test', 'train']);
});

test.serial('what a server that was killed did not get is sent later: nothing twice, nothing missing', async (t) => {
  const root = await temporaryFolder(t);
  const { tracker, finish, warnings } = open(t, root, 'outage');
  const run = await tracker.start(description('whole'), now);
  const half = folds / 2;
  await logFolds(run, 0, half);
  await server().kill();
  await logFolds(run, half, folds);
  const child = await tracker.start(description('child', run.id), at(50));
  await child.keep('report.txt', 'good', at(51));
  await child.end('killed', undefined, at(52));
  await run.end('finished', undefined, at(60));
  t.false(await finish(3000));
  t.is(warnings.length, 1);
  t.regex(
    warnings[0] ?? '',
    /^MLflow has not got everything \(make sync-experiments sends the rest later\): .+: no answer: ECONNREFUSED$/,
  );
  const refused = await sync(root);
  t.is(refused.exitCode, 1);
  t.regex(
    refused.stderr,
    /has not got everything of 2 runs; once that is mended, make sync-experiments sends the rest:\n.+ECONNREFUSED$/,
  );

  await server().start();
  const synced = await sync(root);
  t.is(synced.exitCode, 0, synced.stderr);
  t.regex(synced.stdout, /something new of 2 of 2 runs/);
  const runs = await seen('outage');
  t.deepEqual(Object.keys(runs).sort(), ['child', 'whole']);
  t.deepEqual(runs.whole?.histories, expectedHistories);
  t.is(runs.whole?.info.status, 'FINISHED');
  t.is(runs.child?.info.status, 'KILLED');
  t.is(tagOf(runs.child, 'mlflow.parentRunId'), runs.whole?.info.run_id);
  t.deepEqual(runs.child?.files, [{ path: 'report.txt', file_size: 4 }]);
});

test.serial('sent again, with and without what is known of it, it is the same', async (t) => {
  const root = await temporaryFolder(t);
  const { tracker, finish } = open(t, root, 'again');
  const run = await tracker.start(description('whole'), now);
  await logFolds(run, 0, folds);
  await run.keep('report.txt', 'good', at(51));
  await run.end('finished', undefined, at(60));
  t.true(await finish());
  const before = await seen('again');
  t.regex((await sync(root)).stdout, /something new of 0 of 1 runs/);
  t.deepEqual(await seen('again'), before);
  await rm(join(run.folder, 'mlflow.json'));
  t.regex((await sync(root)).stdout, /something new of 1 of 1 runs/);
  t.deepEqual(await seen('again'), before);
});

test.serial('a run that was deleted while it was sent is made again', async (t) => {
  const root = await temporaryFolder(t);
  const { tracker, finish } = open(t, root, 'deleted');
  const run = await tracker.start(description('whole'), now);
  await logFolds(run, 0, 2);
  t.true(await finish());
  const [first] = Object.values(await seen('deleted'));
  await client().post('runs/delete', { run_id: first?.info.run_id }, z.object({}));
  await run.log({ accuracy: 1 }, 2, at(2));
  t.is((await sync(root)).exitCode, 0);
  const query = { experiment_ids: [first?.info.experiment_id], run_view_type: 'ACTIVE_ONLY' };
  const { runs } = await client().post('runs/search', query, z.object({ runs: z.array(z.unknown()) }));
  t.is(runs.length, 1);
  const again = await whole(runs[0] as Seen);
  t.not(again.info.run_id, first?.info.run_id);
  t.is((again.histories as Record<string, object[]>).accuracy?.length, 3);
});

test.serial('two programs that send the same run at once make it one', async (t) => {
  const root = await temporaryFolder(t);
  const tracker = new Tracker(join(root, 'at-once'));
  for (const name of ['first', 'second', 'third', 'fourth']) {
    const run = await tracker.start(description(name), now);
    await logFolds(run, 0, folds);
    await run.end('finished', undefined, at(60));
    await Promise.all([1, 2, 3].map(() => sendRun(client(), run.folder)));
  }
  t.regex((await sync(root)).stdout, /something new of 0 of 4 runs/);
  const runs = await seen('at-once', 'ACTIVE_ONLY');
  t.deepEqual(Object.keys(runs).sort(), ['first', 'fourth', 'second', 'third']);
  for (const { histories, info } of Object.values(runs))
    t.deepEqual([histories, info.status], [expectedHistories, 'FINISHED']);
});

let models = 0;

/** Opens the registry of a model that nobody else has. */
function freshModel(): () => ModelRegistry {
  models += 1;
  const name = `model-${models}`;
  return () => openRegistry({ place: server().address, region: 'eu-central-1' }, name, {});
}

testRegistry(test.serial, { name: 'MLflow', make: async () => freshModel(), hasGaps: true });

const registration = { now, commit: null };

test.serial('an alias that somebody else has moved in MLflow counts', async (t) => {
  const registry = freshModel()();
  const name = `model-${models}`;
  for (const seed of [1, 2]) await registry.register(await trainSmall({ seed }), registration);
  await registry.move({ alias: 'production', version: 1, from: null, reason: 'the first' }, now);
  await client().post('registered-models/alias', { name, alias: 'production', version: '2' }, z.object({}));
  t.is((await registry.find({ alias: 'production' })).version, 2);
  await t.throwsAsync(registry.move({ alias: 'production', version: 1, from: 1, reason: '' }, now), {
    message: /^production has moved meanwhile, to version 2: /,
  });
  t.is((await registry.move({ alias: 'production', version: 1, from: 2, reason: 'back' }, at(1)))?.from, 2);
  t.deepEqual(
    (await registry.history()).moves.map(({ reason }) => reason),
    ['the first', 'back'],
  );
  await client().delete('registered-models/alias', { name, alias: 'production' });
  t.deepEqual((await registry.history()).aliases, new Map());
  await t.throwsAsync(registry.find({ alias: 'production' }), { message: /has no alias production, but latest/ });
});

test.serial('versions that others have made or deleted are left out', async (t) => {
  const registry = freshModel()();
  const name = `model-${models}`;
  for (const seed of [1, 2]) await registry.register(await trainSmall({ seed }), registration);
  await client().delete('model-versions/delete', { name, version: '1' });
  const experiment_id = await ensureExperiment(client(), 'others');
  const run = await createRun(client(), { experiment_id, run_name: 'theirs', start_time: 0, tags: [] });
  const theirs = { name, run_id: run.run_id, source: `${run.artifact_uri}/model` };
  await client().post('model-versions/create', theirs, z.object({}));
  t.deepEqual(
    (await registry.versions()).map(({ version }) => version),
    [2],
  );
  t.is((await registry.find({ alias: 'latest' })).version, 2);
  await t.throwsAsync(registry.find({ version: 1 }), { message: /has no version 1; expected 2$/ });
  t.is((await registry.register(await trainSmall({ seed: 1 }), registration)).record.version, 4);
});

test.serial('an artifact that was changed or removed on the server is refused', async (t) => {
  const registry = freshModel()();
  const artifact = await trainSmall({ seed: 1 });
  const { record } = await registry.register(artifact, registration);
  const query = { name: `model-${models}`, version: String(record.version) };
  const answer = z.object({ model_version: z.object({ source: z.string() }) });
  const { source } = (await client().get('model-versions/get', query, answer)).model_version;
  const folder = join(server().folder, 'artifacts', source.replace('mlflow-artifacts:/', ''));
  t.deepEqual((await readdir(folder)).sort(), [...artifactFiles].sort());
  await writeFile(join(folder, 'weights.bin'), 'others');
  await t.throwsAsync(registry.artifact(record), {
    instanceOf: ArtifactError,
    message: /weights.bin: expected SHA-256/,
  });
  await rm(join(folder, 'weights.bin'));
  await t.throwsAsync(registry.artifact(record), { message: /weights.bin: it is missing, although version 1 of / });
});
