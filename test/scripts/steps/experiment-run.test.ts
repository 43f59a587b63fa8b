import test from 'ava';
import type { Grid } from '../../../experiments/grid.ts';
import { openExperimentRun } from '../../../scripts/steps/experiment-run.ts';
import { Tracker } from '../../../tracking/tracker.ts';
import { smallSet } from '../../model/texts.ts';
import { datasetOf, plainFeatures, settingsWith } from '../../model/trained.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const code = { command: 'experiment', intentFleet: '0.1.0', commit: null };
const grid: Grid = { features: { plain: plainFeatures }, algorithms: ['bayes'], minutes: 1 };
const work = { settings: settingsWith(), grid, train: datasetOf(smallSet) };

test('an experiment that was interrupted goes on, one that has ended begins anew', async (t) => {
  const tracker = new Tracker(await temporaryFolder(t));
  const first = await openExperimentRun(tracker, code, work);
  t.is(first.began, undefined);
  const again = await openExperimentRun(tracker, { ...code, commit: 'a'.repeat(40) }, work);
  t.is(again.run.id, first.run.id);
  t.is(again.began, (await tracker.runs())[0]?.events[0].at);
  await again.run.end('finished');
  t.not((await openExperimentRun(tracker, code, work)).run.id, first.run.id);
});

const others = {
  'another seed': { ...work, settings: settingsWith({ seed: 2 }) },
  'another grid': { ...work, grid: { ...grid, minutes: 2 } },
  'other texts': { ...work, train: datasetOf(smallSet.slice(1)) },
};

for (const [name, other] of Object.entries(others)) {
  test(`${name} is another experiment`, async (t) => {
    const tracker = new Tracker(await temporaryFolder(t));
    const { run } = await openExperimentRun(tracker, code, work);
    t.not((await openExperimentRun(tracker, code, other)).run.id, run.id);
    t.is((await openExperimentRun(tracker, code, work)).run.id, run.id);
  });
}
