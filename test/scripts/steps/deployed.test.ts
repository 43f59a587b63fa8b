import test from 'ava';
import { underWayIn } from '../../../scripts/steps/deployed.ts';
import { stageWithState } from '../../deployments/local-state.ts';
import { beginSecond, named, steady } from '../../deployments/strategies/examples.ts';

const stateWith = (outputs: object) => JSON.stringify({ version: 4, outputs, resources: [] });

test('a deployment under way is read from the state', async (t) => {
  const begun = beginSecond({ strategy: 'canary' });
  const stage = await stageWithState(t, stateWith({ deployment: { value: begun } }));
  t.is(
    await underWayIn(stage),
    `A canary deployment of ${named(2)} is under way since 2026-01-02T03:04:05.000Z. ` +
      'Go on with it: make promote, or back: make abort',
  );
});

test('nothing is under way where a deployment is over, or nothing is deployed', async (t) => {
  for (const content of [stateWith({ deployment: { value: steady() } }), stateWith({ url: { value: 'https://x' } })])
    t.is(await underWayIn(await stageWithState(t, content)), undefined);
  t.is(await underWayIn(await stageWithState(t)), undefined);
});

test('a state that cannot be read is named', async (t) => {
  const stage = await stageWithState(t, '{"version":4,');
  await t.throwsAsync(underWayIn(stage), { name: 'TornStateError', message: new RegExp(`^${stage.file}: `) });
});
