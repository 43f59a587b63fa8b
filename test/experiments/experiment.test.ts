import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { Experiment, type ExperimentProps, type Progress } from '../../experiments/experiment.ts';
import type { Grid } from '../../experiments/grid.ts';
import type { Tried } from '../../experiments/tried.ts';
import { Tracker } from '../../tracking/tracker.ts';
import { smallSet } from '../model/texts.ts';
import { datasetOf, plainFeatures, settingsWith } from '../model/trained.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const code = { command: 'experiment', intentFleet: '0.1.0', commit: null };
const grid: Grid = {
  features: { plain: plainFeatures },
  algorithms: ['linear-svm', 'bayes'],
  search: { candidates: 2, minimumTexts: [1, 2] },
  folds: 2,
  minutes: 1,
};

async function propsFor(t: ExecutionContext, changes: Partial<Grid> = {}): Promise<ExperimentProps> {
  const tracker = new Tracker(await temporaryFolder(t));
  const run = await tracker.start({ name: 'experiment', parent: null, code, parameters: {}, inputs: [] });
  const signal = new AbortController().signal;
  const train = datasetOf(smallSet);
  return { train, settings: settingsWith(), grid: { ...grid, ...changes }, tracker, run, code, threads: 2, signal };
}

function namesAndEnds(tried: readonly Tried[]): string[] {
  return tried.map(({ candidate, end, results }) => `${candidate.name}: ${end.outcome}, ${results.length}`).sort();
}

test('measures the grid, varies the best, and learns curves of the best, each a run of its own', async (t) => {
  const props = await propsFor(t);
  const reports: Progress[] = [];
  const report = (progress: Progress) => void reports.push(progress);
  const experiment = await Experiment.open(props);
  const tried = await experiment.measureGrid(report);
  t.deepEqual(namesAndEnds(tried), ['bayes, plain: finished, 2', 'linear-svm, plain: finished, 2']);
  const variations = await experiment.measureVariations(report);
  t.is(variations.length, 1);
  t.regex(namesAndEnds(variations)[0] ?? '', /, plain, variation 1: finished, 2$/);
  const curves = await experiment.measureCurves(report);
  t.is(curves.length, 3);
  for (const { results } of curves) {
    t.deepEqual(
      results.map(({ fold, texts }) => [fold, texts]),
      Array.from({ length: 5 }, () => [0, 8]),
    );
    t.is(results.at(-1)?.learned, 8);
  }
  const [first] = reports;
  t.deepEqual([first?.done, first?.planned, Math.ceil(first?.secondsLeft ?? 0)], [0, 7, 60]);
  const last = reports.at(-1);
  t.deepEqual([last?.done, last?.planned, last?.secondsLeft], [6, 6, 0]);
  t.truthy(last?.best);

  const runs = (await props.tracker.runs()).filter(({ events: [start] }) => start.parent === props.run.id);
  t.deepEqual(
    runs.map(({ events }) => events.at(-1)?.event),
    Array.from({ length: 6 }, () => 'ended'),
  );
  const bayes = runs.find(({ events: [start] }) => start.name === 'bayes, plain');
  t.deepEqual(
    bayes?.events.flatMap((event) =>
      event.event === 'metrics' && 'fold' in event.metrics
        ? [[event.step, event.metrics.fold, event.metrics.accuracy]]
        : [],
    ),
    tried
      .find(({ candidate }) => candidate.name === 'bayes, plain')
      ?.results.map(({ fold, right, texts }) => [fold, fold, right / texts]),
  );
});

test('goes on after a kill: what was measured is not measured again', async (t) => {
  const props = await propsFor(t);
  const whole = await Experiment.open(props);
  const tried = await whole.measureGrid(() => {});
  // As if the program had been killed when one of the two folds of one candidate was measured.
  const runs = await props.tracker.runs();
  const bayes = runs.find(({ events: [start] }) => start.name === 'bayes, plain');
  const file = join(bayes?.folder ?? '', 'events.jsonl');
  const lines = (await readFile(file, 'utf8')).split('\n');
  await writeFile(file, `${lines.slice(0, 2).join('\n')}\n{"event":"metr`);

  const again = await (await Experiment.open(props)).measureGrid(() => {});
  const figures = (all: readonly Tried[]) =>
    all
      .map(({ candidate, results }) => [candidate.id, results.map(({ fold, right }) => `${fold} ${right}`).sort()])
      .sort();
  t.deepEqual(figures(again), figures(tried));
  const after = await props.tracker.runs();
  t.is(after.length, runs.length);
  t.deepEqual(after.map(({ events }) => events.length).sort(), runs.map(({ events }) => events.length).sort());
  const kept = after.find(({ events: [start] }) => start.name === 'linear-svm, plain');
  t.deepEqual(kept?.events, runs.find(({ events: [start] }) => start.name === 'linear-svm, plain')?.events);
});

test('a candidate that needs more than its share is stopped, and listed as such', async (t) => {
  const many = Array.from({ length: 20_000 }, (_, at) => ({
    text: `word${at} other${at} last${at}`,
    ...{ intent: at % 2 ? 'a' : 'b', line: at },
  }));
  const props = { ...(await propsFor(t, { algorithms: ['bayes'], minutes: 0.05 })), train: datasetOf(many) };
  const experiment = await Experiment.open(props);
  const [tried, ...others] = await experiment.measureGrid(() => {});
  t.deepEqual(others, []);
  t.deepEqual(tried?.end, {
    outcome: 'stopped',
    reason: 'stopped after 1 s, its share of the time, with 0 of 2 parts',
  });
  t.deepEqual(await experiment.measureVariations(() => {}), []);
  t.deepEqual(await experiment.measureCurves(() => {}), []);
  const runs = await props.tracker.runs();
  t.like(runs.find(({ events: [start] }) => start.parent === props.run.id)?.events.at(-1), {
    ...{ event: 'ended', outcome: 'killed' },
  });
});

test('an interruption leaves its runs open', async (t) => {
  const end = new AbortController();
  const props = { ...(await propsFor(t)), signal: end.signal };
  const reason = new Error('interrupted');
  end.abort(reason);
  await t.throwsAsync(
    (await Experiment.open(props)).measureGrid(() => {}),
    { is: reason },
  );
  t.true((await props.tracker.runs()).every(({ events }) => events.at(-1)?.event === 'started'));
});
