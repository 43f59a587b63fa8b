import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import { metricOf, queryOf } from '../alarms/alarm-reader.ts';
import { type DataQuery, isMetricQuery, resultsOf } from '../metrics/data-queries.ts';
import { type Distribution, distributionOf } from '../metrics/distribution.ts';
import { type Metric, unitOf } from '../metrics/metric.ts';
import type { MetricStore } from '../metrics/store.ts';
import { valueAt } from '../permissions/call.ts';
import { type Answers, CallError } from './gateway.ts';
import { parameterValue } from './query.ts';

const number = z.coerce.number();

// Seconds since the epoch, or a date in the format of ISO 8601.
const time = z
  .string()
  .transform((text) => (/^[\d.]+$/.test(text) ? Number(text) * 1000 : Date.parse(text)))
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
  ReturnData: z.stringbool().optional(),
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
    'monitoring:PutMetricData': (parameters) => publish(store, parse(publication, parameters)),
    'monitoring:GetMetricStatistics': (parameters) => statistics(store, parse(statisticsRequest, parameters)),
    'monitoring:GetMetricData': (parameters) => data(store, parse(dataRequest, parameters)),
    'monitoring:ListMetrics': (parameters) => list(store, parse(listRequest, parameters)),
  };
}

function parse<Schema extends z.ZodObject>(schema: Schema, parameters: URLSearchParams): z.infer<Schema> {
  const input = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, parameterValue(parameters, name)]));
  const { success, data, error } = schema.safeParse(input);
  if (success) return data;
  const isMissing = error.issues.some(({ path }) => valueAt(input, path.join('.')) === undefined);
  throw new CallError(isMissing ? 'MissingParameter' : 'InvalidParameterValue', z.prettifyError(error));
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

/** The largest number of datapoints of an answer. */
const largestAnswer = 10_080;

function periodsOf({ StartTime, EndTime }: z.infer<typeof range>, seconds: number) {
  const milliseconds = seconds * 1000;
  const start = StartTime - (StartTime % milliseconds);
  const count = Math.ceil((EndTime - start) / milliseconds);
  if (!(count > 0 && count <= largestAnswer))
    throw new CallError(
      'InvalidParameterCombination',
      `The rehearsal answers 1 to ${largestAnswer} periods, not ${count}`,
    );
  return { start, milliseconds, count };
}

function statistics(store: MetricStore, request: z.infer<typeof statisticsRequest>) {
  const { Period, Statistics, ExtendedStatistics } = request;
  const found = metricOf(request);
  const periods = periodsOf(request, Period);
  const series = new Map(
    [...Statistics, ...ExtendedStatistics].map((name) => [name, store.series(found, name, periods)]),
  );
  const values = (names: string[], index: number) =>
    Object.fromEntries(names.map((name) => [name, series.get(name)?.[index]]));
  const Datapoints = Array.from({ length: periods.count }, (_, index) => ({
    Timestamp: new Date(periods.start + index * periods.milliseconds),
    Unit: unitOf(found),
    ...values(Statistics, index),
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
  const periods = periodsOf(request, seconds);
  const results = computed();
  return queries.filter(({ isReturned }) => isReturned).map(({ id }) => result(id));

  function computed() {
    try {
      return resultsOf(queries, periods.count, ({ metric: of, statistic }) => store.series(of, statistic, periods));
    } catch (error) {
      throw new CallError('ValidationError', (error as Error).message);
    }
  }

  function result(id: string) {
    const points = (results.get(id) ?? []).flatMap((value, index) =>
      value === undefined ? [] : [{ value, at: new Date(periods.start + index * periods.milliseconds) }],
    );
    if (request.ScanBy !== 'TimestampAscending') points.reverse();
    return {
      Id: id,
      Label: request.MetricDataQueries.find(({ Id }) => Id === id)?.Label ?? id,
      Timestamps: points.map(({ at }) => at),
      Values: points.map(({ value }) => value),
      StatusCode: 'Complete',
    };
  }
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
