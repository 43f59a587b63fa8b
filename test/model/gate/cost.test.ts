import test from 'ava';
import { createClassifier } from '../../../model/artifact/open.ts';
import { costRefusals, measureCost } from '../../../model/gate/cost.ts';
import { modelSettings } from '../../../model/settings.ts';
import { trainSmall } from '../trained.ts';

test('an artifact costs its bytes and the time of its examples', async (t) => {
  const artifact = await trainSmall();
  const { megabytes, milliseconds } = measureCost(artifact, createClassifier(artifact, 'it'));
  t.is(megabytes, Object.values(artifact.files).reduce((sum, { length }) => sum + length, 0) / 1e6);
  t.true(milliseconds > 0);
});

test('a model that is too large or too slow is refused, with what makes it smaller or faster', (t) => {
  const limits = modelSettings.parse({ gate: { largestMegabytes: 2, slowestMilliseconds: 0.5 } }).gate;
  t.deepEqual(costRefusals({ megabytes: 2, milliseconds: 0.5 }, limits), []);
  t.deepEqual(costRefusals({ megabytes: 2.04, milliseconds: 0.512 }, limits), [
    'size: expected at most 2 MB (gate.largestMegabytes), got 2.0 MB; fewer features, or vectorColumns, make it smaller',
    'speed: expected at most 0.5 ms for a text (gate.slowestMilliseconds), got 0.51 ms; the default profile is the fastest',
  ]);
});
