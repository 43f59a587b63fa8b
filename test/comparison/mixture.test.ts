import test from 'ava';
import { criticalValue } from '../../comparison/mixture.ts';

// The likelihood ratio of a difference against none for an estimate of z standard errors, when the information is 1.
const likelihoodRatio = (difference: number, z: number) => Math.exp(difference * z - difference ** 2 / 2);
const density = (value: number, scale: number) =>
  Math.exp(-((value / scale) ** 2) / 2) / (scale * Math.sqrt(2 * Math.PI));

function averageRatio(z: number, spread: number): number {
  const [scale, step] = [Math.sqrt(spread), 0.001];
  let sum = 0;
  for (let difference = -40; difference <= 40; difference += step)
    sum += likelihoodRatio(difference, z) * density(difference, scale) * step;
  return sum;
}

test('at the bound, the average of the likelihood ratios is 1 / error', (t) => {
  const averages = [0.5, 5, 15].map((spread) => averageRatio(criticalValue(spread, 0.05), spread).toFixed(4));
  t.deepEqual(averages, ['20.0000', '20.0000', '20.0000']);
});

test('the bound is near its narrowest over a wide range, and never below that of one look', (t) => {
  const values = [0.1, 3, 8, 30, 1000].map((spread) => criticalValue(spread, 0.05).toFixed(2));
  t.deepEqual(values, ['8.18', '3.14', '3.04', '3.12', '3.59']);
});
