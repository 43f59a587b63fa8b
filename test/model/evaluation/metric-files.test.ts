import test from 'ava';
import { metricFiles } from '../../../model/evaluation/metric-files.ts';
import { evaluated } from './evaluated.ts';

test('the files hold the figures of the evaluation, and a row for each text that was measured', async (t) => {
  const evaluation = await evaluated(t);
  const { metrics, confusion, learningCurve, reliability } = evaluation;
  const files = metricFiles(evaluation);
  t.deepEqual(Object.keys(files), [
    'metrics.json',
    'plots/learning-curve.json',
    'plots/reliability.json',
    'plots/confusion.csv',
  ]);
  const { macroF1, ...figures } = JSON.parse(files['metrics.json'] as string);
  const { accuracy, answeredRight, coverage, calibrationError, outOfScopeRecall } = metrics;
  t.deepEqual(figures, { accuracy, answeredRight, coverage, calibrationError, outOfScopeRecall });
  const f1s = Object.values(metrics.intents).map(({ f1 }) => f1);
  t.true(Math.abs(macroF1 - f1s.reduce((sum, f1) => sum + f1, 0) / f1s.length) < 1e-12);
  const points = learningCurve.map(({ examples, accuracy }) => ({ texts: examples, accuracy }));
  t.deepEqual(JSON.parse(files['plots/learning-curve.json'] as string), points);
  const bins = JSON.parse(files['plots/reliability.json'] as string);
  t.deepEqual(
    bins,
    reliability.filter(({ count }) => count > 0),
  );
  const [head, ...rows] = (files['plots/confusion.csv'] as string).trimEnd().split('\n');
  t.is(head, 'expected,answered');
  t.is(
    rows.length,
    confusion.counts.flat().reduce((sum, count) => sum + count, 0),
  );
  const [at, other] = [confusion.labels.indexOf('complaint'), confusion.labels.indexOf('greeting')];
  t.is(rows.filter((row) => row === '"complaint","greeting"').length, confusion.counts[at]?.[other] as number);
});

test('without out-of-scope texts there is no figure of them, and an intent without texts does not count', async (t) => {
  const { metrics, ...evaluation } = await evaluated(t);
  const unmeasured = { precision: 0, recall: 0, f1: 0, examples: 0 };
  const changed = { ...metrics, outOfScopeRecall: null, intents: { ...metrics.intents, rare: unmeasured } };
  const before = JSON.parse(metricFiles({ metrics, ...evaluation })['metrics.json'] as string);
  const { outOfScopeRecall: _, ...others } = before;
  t.deepEqual(JSON.parse(metricFiles({ ...evaluation, metrics: changed })['metrics.json'] as string), others);
});
