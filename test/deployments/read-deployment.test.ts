import test from 'ava';
import { readDeployment, servingRevision } from '../../deployments/read-deployment.ts';
import { earlierState } from './earlier-state.ts';
import { stageWithState } from './local-state.ts';
import { beginSecond, named, now, revision, steady } from './strategies/examples.ts';

test('a stage without outputs has nothing deployed, one with them what they say', async (t) => {
  const stage = await stageWithState(t);
  t.deepEqual(await readDeployment(stage, undefined, now), { deployment: undefined });
  const outputs = { url: 'https://x', deployment: JSON.parse(JSON.stringify(steady())) };
  t.deepEqual(await readDeployment(stage, outputs, now), { deployment: steady() });
  await t.throwsAsync(readDeployment(stage, { deployment: {} }, now), {
    name: 'UserError',
    message: /^The deployment in the Terraform state is damaged:/,
  });
});

test('a first apply that failed has deployed nothing', async (t) => {
  const stage = await stageWithState(t);
  t.deepEqual(await readDeployment(stage, { url: 'https://x', tracks: {} }, now), { deployment: undefined });
});

test('the outputs of a version without tracks become a deployment', async (t) => {
  const stage = await stageWithState(t, earlierState());
  const { deployment, adopted } = await readDeployment(
    stage,
    { release: 'ab'.repeat(32), auto_scaling_group: 'fleet' },
    now,
  );
  t.is(deployment, adopted?.deployment);
  t.is(adopted?.desired, 4);
  t.is(servingRevision(deployment)?.image, 'ami-1');
});

test('the revision that serves is that of the live track, once a deployment has ended', (t) => {
  t.is(servingRevision(undefined), undefined);
  t.is(servingRevision(steady({ history: [] })), undefined);
  t.deepEqual(servingRevision(steady()), revision(1));
  t.deepEqual(servingRevision(beginSecond({})), revision(1));
  const revisions = { [named(1)]: revision(1), [named(2)]: revision(2) };
  const tracks = { ...steady().tracks, green: { revision: named(2), floor: 2, ceiling: 8 } };
  t.deepEqual(servingRevision(steady({ live: 'green', revisions, tracks })), revision(2));
});
