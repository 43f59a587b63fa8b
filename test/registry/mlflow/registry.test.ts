import test from 'ava';
import { UserError } from '../../../common/errors.ts';
import { MlflowRegistry } from '../../../registry/mlflow/registry.ts';
import { describeVersion } from '../../../registry/version-record.ts';
import { type Answer, refusal, startServer } from '../../mlflow/server.ts';
import { trainSmall } from '../../model/trained.ts';

const registration = { now: new Date('2026-05-01T10:00:00.000Z'), commit: null };

const nameOf = (call: string) => call.replace(/^\w+ \/api\/2\.0\/(?:mlflow\/)?/, '').replace(/\?.*$/, '');

/** A version in MLflow, as a search answers it. */
function searched(version: string, run_id: string, record: unknown) {
  const value = typeof record === 'string' ? record : JSON.stringify(record);
  const source = `mlflow-artifacts:/1/${run_id}/artifacts/model`;
  return { version, run_id, source, tags: [{ key: 'intent-fleet.version', value }] };
}

async function example() {
  const artifact = await trainSmall();
  const { version: _, ...record } = describeVersion(0, artifact.manifest, 10, registration);
  return { artifact, record };
}

const page = (model_versions: object[], next_page_token = ''): Answer => ({
  body: { model_versions, next_page_token },
});

test('versions come in pages, and count by their number; of the same artifact, the first', async (t) => {
  const { record } = await example();
  const other = { ...record, artifact: 'b'.repeat(12) };
  const pages = [
    page([searched('10', 'c', record), searched('2', 'a', record)], 'next'),
    page([searched('9', 'b', other)]),
  ];
  const { client, received } = await startServer(t, (_, count) => pages[count - 1]);
  t.deepEqual(await new MlflowRegistry(client(), 'intents').versions(), [
    { ...record, version: 2 },
    { ...other, version: 9 },
  ]);
  const search = 'GET /api/2.0/mlflow/model-versions/search?filter=name+%3D+%27intents%27&max_results=200';
  t.deepEqual(
    received.map(({ call }) => call),
    [search, `${search}&page_token=next`],
  );
});

for (const [record, problem] of [
  ['{"format":1', '(top level): expected a mapping, got nothing'],
  ['{"format":2}', "format: expected '1', got 2"],
] as const)
  test(`a record that is ${record} is named, with what is wrong`, async (t) => {
    const { address, client } = await startServer(t, () => page([searched('2', 'a', record)]));
    const error = await t.throwsAsync(new MlflowRegistry(client(), 'intents').versions(), { instanceOf: UserError });
    t.is(
      error.message.split('\n').slice(0, 2).join('\n'),
      `${address}: intents version 2: not a record of this registry:\n  ${problem}`,
    );
  });

test('a move that is rubbish is named', async (t) => {
  const tags = [{ key: 'intent-fleet.move.2026', value: 'rubbish' }];
  const { address, client } = await startServer(t, () => ({ body: { registered_model: { tags } } }));
  await t.throwsAsync(new MlflowRegistry(client(), 'intents').history(), {
    instanceOf: UserError,
    message: `${address}: intents: intent-fleet.move.2026: not a record of this registry:\n  (top level): expected a mapping, got nothing`,
  });
});

/** Registers the example on a server that has these versions once the new one is made; returns what was asked for. */
async function registered(t: Parameters<typeof startServer>[0], after: object[]) {
  const { artifact } = await example();
  let isMade = false;
  const { client, received } = await startServer(t, ({ call }) => {
    const name = nameOf(call);
    if (name === 'model-versions/create') isMade = true;
    if (name === 'model-versions/search') return page(isMade ? after : []);
    if (name === 'registered-models/create') return refusal('RESOURCE_ALREADY_EXISTS');
    if (name === 'experiments/get-by-name') return { body: { experiment: { experiment_id: '1' } } };
    const info = { run_id: 'ours', artifact_uri: 'mlflow-artifacts:/1/ours/artifacts', lifecycle_stage: 'active' };
    return { body: { run: { info } } };
  });
  const result = await new MlflowRegistry(client(), 'intents').register(artifact, registration);
  const names = received.map(({ call, body }) => `${nameOf(call)} ${body.slice(0, 60)}`);
  return { ...result, ended: names.slice(names.findIndex((name) => name.startsWith('model-versions/create')) + 2) };
}

test('a version that another registration has made first stays, and ours goes', async (t) => {
  const { record } = await example();
  const {
    record: found,
    isNew,
    ended,
  } = await registered(t, [searched('1', 'theirs', record), searched('2', 'ours', record)]);
  t.deepEqual([found.version, isNew], [1, false]);
  t.deepEqual(ended, ['model-versions/delete {"name":"intents","version":"2"}', 'runs/delete {"run_id":"ours"}']);
});

test('ours stays where it is the first, and what a lost answer has doubled goes', async (t) => {
  const { record } = await example();
  const versions = [searched('1', 'ours', record), searched('2', 'ours', record), searched('3', 'theirs', record)];
  const { record: found, isNew, ended } = await registered(t, versions);
  t.deepEqual([found.version, isNew], [1, true]);
  t.deepEqual(ended, [
    'model-versions/delete {"name":"intents","version":"2"}',
    `runs/update {"run_id":"ours","status":"FINISHED","end_time":${registration.now.getTime()}}`.slice(0, 72),
  ]);
});
