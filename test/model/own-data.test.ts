import test from 'ava';
import { loadDatasets } from '../../model/datasets/load.ts';
import { reportOn } from '../../model/datasets/report.ts';
import { refusalsOf } from '../../model/gate/refusals.ts';
import { modelSettings } from '../../model/settings.ts';
import { trainModel } from '../../model/training/train.ts';

const settings = modelSettings.parse({});
test("the project's own data has enough of each intent, and no test text nearly equals a training text", async (t) => {
  const { labels, repeated, nearDuplicates } = await reportOn(await loadDatasets(settings));
  t.true(labels.every(({ intent, examples }) => examples >= 100 || intent === 'unknown'));
  t.deepEqual(
    [...repeated, ...nearDuplicates].filter(({ test: { intent } }) => intent !== 'unknown'),
    [],
  );
});

test("the project's own model passes its gate by a wide margin, on enough texts of each intent", async (t) => {
  const { manifest } = await trainModel(await loadDatasets(settings), settings);
  const { accuracy, calibrationError, outOfScopeRecall, intents } = manifest.metrics;
  t.deepEqual(Object.keys(intents), ['complaint', 'greeting', 'praise', 'question']);
  t.true(Object.values(intents).every(({ examples }) => examples >= 40));
  t.deepEqual(refusalsOf(manifest, settings.gate), []);
  t.true(accuracy >= 0.95, `accuracy ${accuracy}`);
  t.true(calibrationError <= 0.05, `calibration error ${calibrationError}`);
  t.true((outOfScopeRecall ?? 0) >= 0.85, `recall ${outOfScopeRecall}`);
});
