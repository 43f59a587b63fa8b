import test from 'ava';
import { UserError } from '../../common/errors.ts';
import { openTracker } from '../../tracking/open.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startMlflow } from './mlflow/fake-mlflow.ts';

const description = {
  ...{ name: 'train', parent: null, parameters: {}, inputs: [] },
  code: { command: 'train', intentFleet: '0.1.0', commit: null },
};

const warn = () => undefined;

test('without a server, runs are in their folder', async (t) => {
  const root = await temporaryFolder(t);
  const { tracker, finish } = openTracker({ experiment: 'trials', environment: {}, warn, root });
  const run = await tracker.start(description);
  t.is(run.folder, `${root}/trials/${run.id}`);
  t.true(await finish());
});

test('with a server, they are there, too', async (t) => {
  const mlflow = await startMlflow(t);
  const environment = { MLFLOW_TRACKING_URI: mlflow.address };
  const { tracker, finish } = openTracker({ experiment: 'trials', environment, warn, root: await temporaryFolder(t) });
  const run = await tracker.start(description);
  await run.end('finished');
  t.true(await finish());
  t.deepEqual(
    mlflow.runs.map(({ calls }) => calls.map(([name]) => name)),
    [['runs/create', 'runs/update']],
  );
});

test('a server that is none is refused before a run begins', (t) => {
  const environment = { MLFLOW_TRACKING_URI: 'file:mlruns' };
  t.throws(() => openTracker({ experiment: 'trials', environment, warn }), {
    instanceOf: UserError,
    message:
      'MLFLOW_TRACKING_URI: expected the address of an MLflow server, such as https://mlflow.example.com, got file:mlruns',
  });
});
