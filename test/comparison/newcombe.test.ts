import test from 'ava';
import { newcombe } from '../../comparison/newcombe.ts';

const of = (right: number, feedbacks: number) => ({ accuracy: right / feedbacks, feedbacks });
const rounded = (pair: [number, number]) => pair.map((limit) => Number(limit.toFixed(4)));

test('the interval of a difference has the published values', (t) => {
  t.deepEqual(rounded(newcombe({ a: of(48, 80), b: of(56, 70) }, 1.959964)), [0.0524, 0.3339]);
  t.deepEqual(rounded(newcombe({ a: of(3, 10), b: of(9, 10) }, 1.959964)), [0.1705, 0.809]);
});

test('it stays within 100 points, however large the critical value is', (t) => {
  t.deepEqual(rounded(newcombe({ a: of(1, 1), b: of(0, 1) }, 1000)), [-1, 0.4142]);
  t.deepEqual(rounded(newcombe({ a: of(0, 1), b: of(1, 1) }, 1000)), [-0.4142, 1]);
});
