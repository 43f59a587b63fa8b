import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import { metricOf, queryOf } from '../alarms/alarm-reader.ts';
import { type DataQuery, isMetricQuery, resultsOf } from '../metrics/data-queries.ts';
import { type Distribution, distributionOf } from '../metrics/distribution.ts';
import { type Metric, unitOf } from '../metrics/metric.ts';
import type { MetricStore } from '../metrics/store.ts';
import { CallError } from '../protocols/call-error.ts';
import { type Input, valueAt } from '../protocols/input.ts';
import type { Answers } from './gateway.ts';

const number = z.coerce.number();

// Seconds since the epoch, or a date in the format of ISO 8601.
const time = z
  .union([z.string(), z.number()])
  .transform((time) => (/^[\d.]+$/.test(String(time)) ? Number(time) * 1000 : Date.parse(String(time))))
  .pipe(z.number());

const dimension = z.object({ Name: z.string(), Value: z.string() });

const metric = z.object({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(dimension).default([]),
});

const datum = metric.omit({ Namespace: true }).extend({
  Timestamp: time.optional(),
  Value: number.optional(),
  Values: z.array(number).optional(),
  Counts: z.array(number).optional(),
  StatisticValues: z.object({ SampleCount: number, Sum: number, Minimum: number, Maximum: number }).optional(),
});

const publication = z.object({ Namespace: z.string().min(1), MetricData: z.array(datum).min(1).max(1000) });

const range = z.object({ StartTime: time, EndTime: time });

const statisticsRequest = metric.extend({
  ...range.shape,
  Period: number,
  Statistics: z.array(z.string()).default([]),
  ExtendedStatistics: z.array(z.string()).default([]),
});

const query = z.object({
  Id: z.string(),
  Label: z.string().optional(),
  Expression: z.string().optional(),
  Period: number.optional(),
  ReturnData: z.union([z.boolean(), z.stringbool()]).optional(),
  MetricStat: z.object({ Metric: metric, Period: number, Stat: z.string() }).optional(),
});

const dataRequest = range.extend({ MetricDataQueries: z.array(query).min(1), ScanBy: z.string().optional() });

const listRequest = z.object({
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: z.array(dimension.partial({ Value: true })).default([]),
});

/** Answers the calls about metrics from what is measured here and what the account publishes. */
export function metricAnswers(store: MetricStore): Answers {
  return {
    'cloudwatch:PutMetricData': (input) => publish(store, parse(publication, input)),
    'cloudwatch:GetMetricStatistics': (input) => statistics(store, parse(statisticsRequest, input)),
    'cloudwatch:GetMetricData': (input) => data(store, parse(dataRequest, input)),
    'cloudwatch:ListMetrics': (input) => list(store, parse(listRequest, input)),
  };
}

function parse<Schema extends z.ZodObject>(schema: Schema, input: Input): z.infer<Schema> {
  const { success, data, error } = schema.safeParse(input);
  if (success) return data;
  const isMissing = error.issues.some(({ path }) => isAbsent(valueAt(input, path.join('.'))));
  throw new CallError(isMissing ? 'MissingParameter' : 'InvalidParameterValue', z.prettifyError(error));
}

// The Query protocol does not tell an empty list from none.
function isAbsent(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

function publish(store: MetricStore, { Namespace, MetricData }: z.infer<typeof publication>) {
  if (Namespace.startsWith('AWS/'))
    throw new CallError('InvalidParameterValue', `The value ${Namespace} for parameter Namespace is invalid.`);
  // All or nothing.
  const points = MetricData.map((found) => ({ ...found, distribution: distribution(found) }));
  for (const { Timestamp = Date.now(), distribution: values, ...found } of points)
    store.put(metricOf({ Namespace, ...found }), Timestamp, values);
  return {};
}

function distribution({ Value, Values, Counts = [], StatisticValues }: z.infer<typeof datum>): Distribution {
  if (StatisticValues) {
    const { SampleCount: count, Sum: sum, Minimum: minimum, Maximum: maximum } = StatisticValues;
    return { count, sum, minimum, maximum, values: new Map() };
  }
  const values = Values ?? (Value === undefined ? [] : [Value]);
  if (values.length === 0)
    throw new CallError('MissingParameter', 'A datum must have Value, Values or StatisticValues.');
  return distributionOf(values.map((value, index) => [value, Counts[index] ?? 1] as const));
}

/** The largest number of datapoints that statistics have, as on AWS, and data of a metric. */
const largestAnswer = { statistics: 1440, data: 10_080 };

function periodsOf({ StartTime, EndTime }: z.infer<typeof range>, seconds: number, largest: number) {
  const milliseconds = seconds * 1000;
  const start = StartTime - (StartTime % milliseconds);
  const count = Math.ceil((EndTime - start) / milliseconds);
  if (!(count > 0 && count <= largest))
    throw new CallError('InvalidParameterCombination', `Expected 1 to ${largest} periods, got ${count}`);
  return { start, milliseconds, count };
}

function statistics(store: MetricStore, request: z.infer<typeof statisticsRequest>) {
  const { Period, Statistics, ExtendedStatistics } = request;
  const found = metricOf(request);
  const periods = periodsOf(request, Period, largestAnswer.statistics);
  const series = new Map(
    [...Statistics, ...ExtendedStatistics].map((name) => [name, store.series(found, name, periods)]),
  );
  const values = (names: string[], index: number) => new Map(names.map((name) => [name, series.get(name)?.[index]]));
  const Datapoints = Array.from({ length: periods.count }, (_, index) => ({
    Timestamp: new Date(periods.start + index * periods.milliseconds),
    Unit: unitOf(found),
    ...Object.fromEntries(values(Statistics, index)),
    ...(ExtendedStatistics.length > 0 && { ExtendedStatistics: values(ExtendedStatistics, index) }),
  }));
  const isThere = (_: unknown, index: number) => [...series.values()].some((one) => one[index] !== undefined);
  return { Label: found.name, Datapoints: Datapoints.filter(isThere) };
}

// Each metric has periods of its own, unless an expression combines them.
function data(store: MetricStore, request: z.infer<typeof dataRequest>) {
  const queries = request.MetricDataQueries.map((found) => queryOf(found as MetricDataQuery));
  const combined = queries.every(isMetricQuery) ? queries.map((found) => [found]) : [queries];
  return { MetricDataResults: combined.flatMap((found) => dataOf(store, request, found)) };
}

function dataOf(store: MetricStore, request: z.infer<typeof dataRequest>, queries: DataQuery[]) {
  const seconds = Math.max(...queries.map((found) => (isMetricQuery(found) ? found.periodSeconds : 1)));
  const periods = periodsOf(request, seconds, largestAnswer.data);
  const results = computed();
  return queries.filter(({ isReturned }) => isReturned).map(result);

  function computed() {
    try {
      return resultsOf(queries, periods.count, ({ metric: of, statistic }) => store.series(of, statistic, periods));
    } catch (error) {
      throw new CallError('ValidationError', (error as Error).message);
    }
  }

  function result(found: DataQuery) {
    const { id } = found;
    const points = (results.get(id) ?? []).flatMap((value, index) =>
      value === undefined ? [] : [{ value, at: new Date(periods.start + index * periods.milliseconds) }],
    );
    if (request.ScanBy !== 'TimestampAscending') points.reverse();
    return {
      Id: id,
      Label: request.MetricDataQueries.find(({ Id }) => Id === id)?.Label ?? labelOf(found),
      Timestamps: points.map(({ at }) => at),
      Values: points.map(({ value }) => value),
      StatusCode: 'Complete',
    };
  }
}

// CloudWatch's own label.
function labelOf(query: DataQuery): string {
  return isMetricQuery(query) ? query.metric.name : query.id;
}

function list(store: MetricStore, { Namespace, MetricName, Dimensions }: z.infer<typeof listRequest>) {
  const isMeant = ({ namespace, name, dimensions: own }: Metric) =>
    (Namespace ?? namespace) === namespace &&
    (MetricName ?? name) === name &&
    Dimensions.every(({ Name, Value }) => Name in own && (Value ?? own[Name]) === own[Name]);
  return {
    Metrics: store
      .metrics()
      .filter(isMeant)
      .map(({ namespace, name, dimensions: own }) => ({
        Namespace: namespace,
        MetricName: name,
        Dimensions: Object.entries(own).map(([Name, Value]) => ({ Name, Value })),
      })),
  };
}
