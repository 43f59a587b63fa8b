import test from 'ava';
import { MlflowError } from '../../mlflow/error.ts';
import { ensureExperiment } from '../../mlflow/experiments.ts';
import { refusal, startServer } from './server.ts';

const found = { body: { experiment: { experiment_id: '7' } } };
const missing = refusal('RESOURCE_DOES_NOT_EXIST');

test('an experiment that is there is taken', async (t) => {
  const { client, received } = await startServer(t, () => found);
  t.is(await ensureExperiment(client(), 'train'), '7');
  t.deepEqual(
    received.map(({ call }) => call),
    ['GET /api/2.0/mlflow/experiments/get-by-name?experiment_name=train'],
  );
});

test('one that is not there is made, as one of machine learning', async (t) => {
  const { client, received } = await startServer(t, (_, count) =>
    count === 1 ? missing : { body: { experiment_id: '8' } },
  );
  t.is(await ensureExperiment(client(), 'train'), '8');
  t.deepEqual(JSON.parse(received[1]?.body ?? ''), {
    name: 'train',
    tags: [{ key: 'mlflow.experimentKind', value: 'custom_model_development' }],
  });
});

test('one that somebody has made meanwhile is taken', async (t) => {
  const answers = [missing, refusal('RESOURCE_ALREADY_EXISTS'), found];
  const { client } = await startServer(t, (_, count) => answers[count - 1]);
  t.is(await ensureExperiment(client(), 'train'), '7');
});

test('one that can neither be found nor made is refused', async (t) => {
  const { client } = await startServer(t, ({ call }) =>
    call.startsWith('GET') ? missing : refusal('RESOURCE_ALREADY_EXISTS', 'it is deleted'),
  );
  await t.throwsAsync(ensureExperiment(client(), 'train'), { instanceOf: MlflowError, message: /it is deleted$/ });
});
