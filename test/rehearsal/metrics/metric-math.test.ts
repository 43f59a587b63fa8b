import test from 'ava';
import { evaluateExpression, type Series } from '../../../rehearsal/metrics/metric-math.ts';

const metrics = new Map<string, Series>([
  ['m1', [1, 2, undefined, 4]],
  ['m2', [2, 2, 2, 2]],
  ['zero', [0, 1, 0, undefined]],
  ['errors1', [1, undefined, undefined, 4]],
  ['errors2', [10, 20, undefined, 40]],
  ['half', [-1.5, 1.5, 0.4, undefined]],
  ['none', [undefined, undefined, undefined, undefined]],
]);

function series(id: string): Series {
  const found = metrics.get(id);
  if (!found) throw new Error(`no id ${id}`);
  return found;
}

const evaluate = (expression: string) => evaluateExpression(expression, { series, metrics, count: 4 });
const always = (value: number | undefined) => [value, value, value, value];

const expected: Record<string, Series> = {
  // Numbers and series
  '7': always(7),
  m1: [1, 2, undefined, 4],
  // Operators; without one of the values there is no result.
  'm1 + m2': [3, 4, undefined, 6],
  'm1 - m2': [-1, 0, undefined, 2],
  'm1 * 3': [3, 6, undefined, 12],
  'm2 / m1': [2, 1, undefined, 0.5],
  'm1 ^ 2': [1, 4, undefined, 16],
  '-m1': [-1, -2, undefined, -4],
  'm1 < 2': [1, 0, undefined, 0],
  'm1 <= 2': [1, 1, undefined, 0],
  'm1 > 2': [0, 0, undefined, 1],
  'm1 >= 2': [0, 1, undefined, 1],
  'm1 == 2': [0, 1, undefined, 0],
  'm1 != 2': [1, 0, undefined, 1],
  'zero AND m2': [0, 1, 0, undefined],
  'zero && m2': [0, 1, 0, undefined],
  'zero OR zero': [0, 1, 0, undefined],
  'zero || m2': [1, 1, 1, undefined],
  // A division by zero has no result.
  'm2 / zero': [undefined, 2, undefined, undefined],
  '0 / zero': [undefined, 0, undefined, undefined],
  // Precedence
  '1 + 2 * 3': always(7),
  '(1 + 2) * 3': always(9),
  '2 * 3 ^ 2': always(18),
  '2 ^ 3 ^ 2': always(512),
  '10 - 2 - 3': always(5),
  '1 + 1 == 2': always(1),
  '1 > 0 AND 2 < 1 OR 1 == 1': always(1),
  '1 OR 0 AND 0': always(1),
  // Functions of each value
  'ABS(half)': [1.5, 1.5, 0.4, undefined],
  'CEIL(half)': [-1, 2, 1, undefined],
  'FLOOR(half)': [-2, 1, 0, undefined],
  // Aggregates of one series have one value for all periods, those of several have one in each.
  'SUM(m1)': always(7),
  'AVG(m1)': always(7 / 3),
  'MIN(m1)': always(1),
  'MAX(m1)': always(4),
  'SUM(none)': always(undefined),
  'm1 / SUM(m1) * 7': [1, 2, undefined, 4],
  'SUM([m1, m2])': [3, 4, 2, 6],
  'AVG([m1, m2])': [1.5, 2, 2, 3],
  'MIN([m1, m2])': [1, 2, 2, 2],
  'MAX([m1, m2, 3])': [3, 3, 3, 4],
  'SUM([m1])': [1, 2, undefined, 4],
  'MAX([none, none])': always(undefined),
  'SUM(METRICS("errors"))': [11, 20, undefined, 44],
  'MAX(METRICS())': [10, 20, 2, 40],
  'SUM(METRICS("unknown"))': always(undefined),
  // Missing values
  'FILL(m1, 0)': [1, 2, 0, 4],
  'FILL(m1, m2)': [1, 2, 2, 4],
  'FILL(errors2, REPEAT)': [10, 20, 20, 40],
  'FILL(none, REPEAT)': always(undefined),
  'FILL(m1, -1) + 1': [2, 3, 0, 5],
  // Conditions
  'IF(zero, m1, 9)': [9, 2, 9, undefined],
  'IF(m1 > 1, m1)': [undefined, 2, undefined, 4],
  'IF(1, 5, 6)': always(5),
  'IF(m2 == 2, IF(zero, 1, 2), 3)': [2, 1, 2, undefined],
  'IF(FILL(m1, 0) == 0, 100, 0)': [0, 0, 100, 0],
};

for (const [expression, result] of Object.entries(expected))
  test(`evaluates ${expression}`, (t) => t.deepEqual(evaluate(expression), result));

const refused: Record<string, RegExp> = {
  'RATE(m1)': /^the rehearsal's metric math has no function RATE$/,
  'sum(m1)': /has no function sum$/,
  'a.b(m1)': /has no function undefined$/,
  'm1 % 2': /^the rehearsal's metric math has no operator %$/,
  'm1 | m2': /has no operator \|$/,
  '!m1': /has no UnaryExpression$/,
  '+m1': /has no UnaryExpression$/,
  'm1 ? 1 : 2': /has no ConditionalExpression$/,
  'm1.value': /has no MemberExpression$/,
  this: /has no ThisExpression$/,
  '': /has no Compound$/,
  'm1 m2': /has no Compound$/,
  'm1 +': /^Expected expression after \+ at character 4$/,
  'SUM(m1': /^Expected \) at character 6$/,
  '#': /^Unexpected "#" at character 0$/,
  '[m1, m2]': /^the expression has no single time series$/,
  '[m1, m2] + 1': /has no single time series$/,
  'FILL(METRICS(), 0)': /has no single time series$/,
  '"m1"': /has no single time series$/,
  'FILL(m1, "zero")': /has no single time series$/,
  true: /has no single time series$/,
  null: /has no single time series$/,
  'm1 + unknown': /^no id unknown$/,
};

for (const [expression, message] of Object.entries(refused))
  test(`refuses ${expression || 'nothing'}`, (t) => void t.throws(() => evaluate(expression), { message }));
