import jsep from 'jsep';

/** A metric's value in each of some periods; undefined where there is none. */
export type Series = (number | undefined)[];

type Value = number | string | Series | Series[];

/** What the identifiers of an expression stand for. */
export interface MathScope {
  /** Returns the series with an id. */
  series: (id: string) => Series;
  /** The series of all metrics, by their ids; not those of expressions. */
  metrics: ReadonlyMap<string, Series>;
  /** The number of periods. */
  count: number;
}

jsep.addBinaryOp('OR', 1);
jsep.addBinaryOp('AND', 2);
jsep.addBinaryOp('^', 11, true);

const operators: Record<string, (left: number, right: number) => number> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '^': (left, right) => left ** right,
  '<': (left, right) => Number(left < right),
  '<=': (left, right) => Number(left <= right),
  '>': (left, right) => Number(left > right),
  '>=': (left, right) => Number(left >= right),
  '==': (left, right) => Number(left === right),
  '!=': (left, right) => Number(left !== right),
};
for (const and of ['AND', '&&']) operators[and] = (left, right) => Number(left !== 0 && right !== 0);
for (const or of ['OR', '||']) operators[or] = (left, right) => Number(left !== 0 || right !== 0);

const aggregates: Record<string, (values: number[]) => number> = {
  SUM: (values) => values.reduce((total, value) => total + value, 0),
  AVG: (values) => values.reduce((total, value) => total + value, 0) / values.length,
  MIN: (values) => Math.min(...values),
  MAX: (values) => Math.max(...values),
};

const roundings: Record<string, (value: number) => number> = { ABS: Math.abs, CEIL: Math.ceil, FLOOR: Math.floor };

/** Evaluates an expression of CloudWatch's metric math; throws an error if it has something that the rehearsal does not know. */
export function evaluateExpression(expression: string, scope: MathScope): Series {
  return seriesOf(evaluate(jsep(expression), scope), scope.count);
}

function evaluate(node: jsep.Expression, scope: MathScope): Value {
  switch (node.type) {
    case 'Literal':
      return node.value as number | string;
    case 'Identifier':
      return node.name === 'REPEAT' ? 'REPEAT' : scope.series(node.name as string);
    case 'ArrayExpression':
      return (node.elements as jsep.Expression[]).map((element) => seriesOf(evaluate(element, scope), scope.count));
    case 'UnaryExpression':
      if (node.operator !== '-') break;
      return combine(
        scope.count,
        [0, evaluate(node.argument as jsep.Expression, scope)],
        ([zero, value]) => zero - value,
      );
    case 'BinaryExpression':
      return calculate(node as jsep.BinaryExpression, scope);
    case 'CallExpression':
      return call(node as jsep.CallExpression, scope);
  }
  throw new Error(`the rehearsal's metric math has no ${node.type}`);
}

function calculate({ operator, left, right }: jsep.BinaryExpression, scope: MathScope): Series {
  const apply = operators[operator];
  if (!apply) throw new Error(`the rehearsal's metric math has no operator ${operator}`);
  return combine(scope.count, [evaluate(left, scope), evaluate(right, scope)], ([one, other]) => apply(one, other));
}

function call({ callee, arguments: nodes }: jsep.CallExpression, scope: MathScope): Value {
  const name = String(callee.name);
  const values = nodes.map((node) => evaluate(node, scope));
  const [first = [], second = 0] = values;
  if (name === 'METRICS') return metricsWith(scope, values.length > 0 ? String(first) : '');
  if (name === 'FILL') return fill(seriesOf(first, scope.count), second);
  if (name === 'IF') return choose(values, scope.count);
  const aggregate = aggregates[name];
  if (aggregate) return aggregated(first, aggregate, scope.count);
  const round = roundings[name];
  if (!round) throw new Error(`the rehearsal's metric math has no function ${name}`);
  return combine(scope.count, [first, 0], ([value]) => round(value));
}

// METRICS("errors") has the metrics whose id contains the text.
function metricsWith({ metrics }: MathScope, text: string): Series[] {
  return [...metrics].filter(([id]) => id.includes(text)).map(([, series]) => series);
}

function fill(series: Series, filler: Value): Series {
  let last: number | undefined;
  const missing = (index: number) => (filler === 'REPEAT' ? last : seriesOf(filler, series.length)[index]);
  return series.map((value, index) => {
    last = value ?? missing(index);
    return last;
  });
}

// Without the third argument, there is no value where the condition is false.
function choose([condition = [], then = [], otherwise = []]: Value[], count: number): Series {
  const [conditions, thens, others] = [condition, then, otherwise].map((value) => seriesOf(value, count));
  return Array.from({ length: count }, (_, index) => {
    const isTrue = conditions?.[index];
    return isTrue === undefined ? undefined : (isTrue ? thens : others)?.[index];
  });
}

// Of several series, in each period; of one, over all periods.
function aggregated(value: Value, aggregate: (values: number[]) => number, count: number): Value {
  const several = Array.isArray(value) && Array.isArray(value[0]);
  const series = several ? (value as Series[]) : [];
  const rows: Series[] = several
    ? Array.from({ length: count }, (_, index) => series.map((one) => one[index]))
    : [seriesOf(value, count)];
  const results = rows
    .map((row) => row.filter((one) => one !== undefined))
    .map((row) => (row.length > 0 ? aggregate(row) : undefined));
  return several ? results : Array.from({ length: count }, () => results[0]);
}

// A period without one of the values has no result; neither has a division by zero.
function combine(count: number, values: [Value, Value], apply: (pair: [number, number]) => number): Series {
  const [left, right] = values.map((value) => seriesOf(value, count));
  return Array.from({ length: count }, (_, index) => {
    const [one, other] = [left?.[index], right?.[index]];
    const result = one === undefined || other === undefined ? Number.NaN : apply([one, other]);
    return Number.isFinite(result) ? result : undefined;
  });
}

function seriesOf(value: Value, count: number): Series {
  if (typeof value === 'number') return Array.from({ length: count }, () => value);
  if (!Array.isArray(value) || Array.isArray(value[0])) throw new Error('the expression has no single time series');
  return value as Series;
}
