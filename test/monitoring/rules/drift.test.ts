import test from 'ava';
import { bucketBounds } from '../../../monitoring/rules/drift.ts';
import { metricsOf, startTestService } from '../../app/service.ts';
import { withPrometheus } from '../../support/prometheus.ts';
import { type Series, testRules } from './promtool.ts';

/** The population stability index, as textbooks write it. */
function stabilityIndex(actual: readonly number[], expected: readonly number[]): number {
  const floor = (share: number) => Math.max(share, 0.0001);
  return actual.reduce((sum, share, index) => {
    const [p, q] = [floor(share), floor(expected[index] as number)];
    return sum + (p - q) * Math.log(p / q);
  }, 0);
}

const sharesOf = (counts: readonly number[]) => {
  const all = counts.reduce((sum, count) => sum + count);
  return counts.map((count) => count / all);
};
const cumulated = (values: readonly number[]) =>
  values.map((_, index) => values.slice(0, index + 1).reduce((sum, value) => sum + value));

// Per minute, over two machines; the third intent is in no text of the reference.
const intents = { order: [20, 10], cancel: [5, 3], unknown: [2, 0] };
const intentReference = { order: 0.5, cancel: 0.5 };

// Predictions a minute in each bucket.
const confidences = [0, 0, 1, 2, 0, 3, 4, 5, 6, 7, 9, 3, 0];
const confidenceReference = [0, 0.01, 0.02, 0.03, 0.04, 0.1, 0.1, 0.1, 0.1, 0.2, 0.25, 0.05, 0];

function predictionSeries(perMinute: number): Series {
  return Object.fromEntries([
    ...Object.entries(intents).flatMap(([intent, counts]) =>
      counts.map((count, machine) => [
        `intent_predictions_total{instance="i-${machine}",intent="${intent}",model="m"}`,
        `0+${count * perMinute}x90`,
      ]),
    ),
    ...Object.entries(intentReference).map(([intent, share]) => [
      `intent_model_reference_intent_ratio{instance="i-0",intent="${intent}",model="m"}`,
      `${share}x90`,
    ]),
  ]);
}

function confidenceSeries(perMinute: number): Series {
  const counts = cumulated(confidences);
  const shares = cumulated(confidenceReference);
  return Object.fromEntries([
    ...bucketBounds.flatMap((le, index) => [
      [
        `intent_prediction_confidence_ratio_bucket{instance="i-0",le="${le}",model="m"}`,
        `0+${(counts[index] as number) * perMinute}x90`,
      ],
      [`intent_model_reference_confidence_ratio{instance="i-0",le="${le}",model="m"}`, `${shares[index]}x90`],
    ]),
    [`intent_prediction_confidence_ratio_count{instance="i-0",model="m"}`, `0+${40 * perMinute}x90`],
  ]);
}

withPrometheus('the drift of intents is their population stability index over all machines', async (t, programs) => {
  const index = stabilityIndex(sharesOf([30, 8, 2]), [0.5, 0.5, 0]);
  t.true(index > 0.2);
  await testRules(t, programs, predictionSeries(1), [
    { at: '90m', expression: 'round(model:intent_predictions:psi1h, 1e-6)', values: { '{model="m"}': round(index) } },
  ]);
});

withPrometheus('the drift of confidence is the index of its buckets', async (t, programs) => {
  const index = stabilityIndex(sharesOf(confidences), confidenceReference);
  t.true(index > 0.2);
  await testRules(t, programs, { ...predictionSeries(1), ...confidenceSeries(1) }, [
    {
      at: '90m',
      expression: 'round(model:intent_prediction_confidence:psi1h, 1e-6)',
      values: { '{model="m"}': round(index) },
    },
  ]);
});

withPrometheus('there is no index of few predictions', async (t, programs) => {
  await testRules(t, programs, { ...predictionSeries(0.2), ...confidenceSeries(0.2) }, [
    { at: '90m', expression: 'round(model:intent_predictions:increase1h)', values: { '{model="m"}': 480 } },
    { at: '90m', expression: '{__name__=~"model:.*:psi1h"}', values: {} },
  ]);
});

withPrometheus('an index needs more predictions for a model of many intents', async (t, programs) => {
  const shares = Object.fromEntries(
    Array.from({ length: 120 }, (_, index) => [
      `intent_model_reference_intent_ratio{instance="i-0",intent="${index}",model="m"}`,
      `${1 / 120}x90`,
    ]),
  );
  const counts = Object.fromEntries(
    Object.keys(shares).map((name) => [name.replace('model_reference_intent_ratio', 'predictions_total'), '0+0.3x90']),
  );
  await testRules(t, programs, { ...shares, ...counts }, [
    { at: '90m', expression: 'round(model:intent_predictions:increase1h)', values: { '{model="m"}': 2160 } },
    { at: '90m', expression: 'model:intent_predictions:psi1h', values: {} },
  ]);
});

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

test('the buckets are those of the service', async (t) => {
  const { service } = await startTestService(t, { METRICS_PORT: '0' });
  const bounds = (await metricsOf(service)).matchAll(/^intent_prediction_confidence_ratio_bucket\{.*?le="([^"]+)"/gm);
  t.deepEqual(
    Array.from(bounds, ([, le]) => le),
    [...bucketBounds],
  );
});
