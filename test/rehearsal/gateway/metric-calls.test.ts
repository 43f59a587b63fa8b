import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import {
  CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataInput,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  type MetricDataQuery,
  PutMetricDataCommand,
  type PutMetricDataInput,
} from '@aws-sdk/client-cloudwatch';
import test, { type ExecutionContext } from 'ava';
import { forwardTo } from '../../../rehearsal/gateway/forward.ts';
import { createGateway } from '../../../rehearsal/gateway/gateway.ts';
import { metricAnswers } from '../../../rehearsal/gateway/metric-calls.ts';
import { distributionOf } from '../../../rehearsal/metrics/distribution.ts';
import { MetricStore } from '../../../rehearsal/metrics/store.ts';
import { listen } from '../../support/servers.ts';
import { accessKey, admitAll, fetchSigned } from './signed.ts';

/** A gateway that answers calls about metrics, and its emulator, which records the bodies that it gets. */
async function gateway(t: ExecutionContext) {
  const store = new MetricStore();
  const forwarded: [encoding: string | undefined, body: Buffer][] = [];
  const emulator = createServer(async (request, response) => {
    forwarded.push([request.headers['content-encoding'], await buffer(request)]);
    response.end('{}');
  });
  const answers = metricAnswers(store);
  const changes = { rewrites: {}, amendments: {}, onChange: () => undefined };
  const server = createGateway({
    ...changes,
    forward: forwardTo(await listen(t, emulator)),
    admit: admitAll(),
    answers,
  });
  const endpoint = `http://127.0.0.1:${await listen(t, server)}`;
  const client = new CloudWatchClient({ endpoint, region: 'eu-central-1', credentials: accessKey, maxAttempts: 1 });
  t.teardown(() => client.destroy());
  return { store, endpoint, forwarded, answers, client };
}

type Gateway = Awaited<ReturnType<typeof gateway>>;

const start = Date.parse('2026-11-29T03:00:00Z');
const at = (seconds: number) => new Date(start + seconds * 1000);
const Dimensions = [{ Name: 'queue', Value: 'a & b' }];
const jobs = { MetricName: 'Jobs', Dimensions };
const metric = { namespace: 'Own', name: 'Jobs', dimensions: { queue: 'a & b' } };

const publish = ({ client }: Gateway, MetricData: PutMetricDataInput['MetricData'], Namespace = 'Own') =>
  client.send(new PutMetricDataCommand({ Namespace, MetricData }));

/** Publishes 1, 2, 3 and 3 in the first of three minutes, and 10 in the last. */
async function publishJobs(aws: Gateway): Promise<void> {
  await publish(aws, [
    { ...jobs, Timestamp: at(0), Value: 1 },
    { ...jobs, Timestamp: at(30), Values: [2, 3], Counts: [1, 2] },
    { ...jobs, Timestamp: at(120), StatisticValues: { SampleCount: 1, Sum: 10, Minimum: 10, Maximum: 10 } },
  ]);
}

const threeMinutes = { StartTime: at(0), EndTime: at(180) };

test('published values are kept by the second', async (t) => {
  const aws = await gateway(t);
  await publishJobs(aws);
  const minutes = { start, milliseconds: 60_000, count: 3 };
  const series = (statistic: string) => aws.store.series(metric, statistic, minutes);
  t.deepEqual(series('Sum'), [9, undefined, 10]);
  t.deepEqual(series('SampleCount'), [4, undefined, 1]);
  t.deepEqual(series('p50'), [2, undefined, 10]);
  t.deepEqual(aws.store.series(metric, 'Sum', { start, milliseconds: 30_000, count: 2 }), [1, 8]);
});

test('a value without a time is of now', async (t) => {
  const aws = await gateway(t);
  const before = Date.now();
  await publish(aws, [{ ...jobs, Value: 0 }]);
  const periods = { start: before - (before % 1000), milliseconds: 60_000, count: 1 };
  t.deepEqual(aws.store.series(metric, 'Sum', periods), [0]);
});

test('statistics have the datapoints of the periods with values', async (t) => {
  const aws = await gateway(t);
  await publishJobs(aws);
  const request = { Namespace: 'Own', ...jobs, ...threeMinutes, Period: 60 };
  const statistics = async (other: object) => {
    const { Label, Datapoints } = await aws.client.send(new GetMetricStatisticsCommand({ ...request, ...other }));
    return { Label, Datapoints };
  };
  t.deepEqual(await statistics({ Statistics: ['Average', 'Sum'], ExtendedStatistics: ['p99'] }), {
    Label: 'Jobs',
    Datapoints: [
      { Timestamp: at(0), Unit: 'None', Average: 2.25, Sum: 9, ExtendedStatistics: { p99: 3 } },
      { Timestamp: at(120), Unit: 'None', Average: 10, Sum: 10, ExtendedStatistics: { p99: 10 } },
    ],
  });
  t.deepEqual(await statistics({ Statistics: ['Maximum'], MetricName: 'Other' }), { Label: 'Other', Datapoints: [] });
  aws.store.put({ namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions: {} }, start, distributionOf([[5, 1]]));
  const cpu = { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization', Dimensions: [], Statistics: ['Minimum'] };
  t.deepEqual(await statistics({ ...cpu, Period: 180 }), {
    Label: 'CPUUtilization',
    Datapoints: [{ Timestamp: at(0), Unit: 'Percent', Minimum: 5 }],
  });
});

const stat = (Id: string, other: Partial<MetricDataQuery> = {}, Stat = 'Sum'): MetricDataQuery => ({
  Id,
  MetricStat: { Metric: { Namespace: 'Own', ...jobs }, Period: 60, Stat },
  ...other,
});

async function results({ client }: Gateway, MetricDataQueries: MetricDataQuery[], other = {}) {
  const request: GetMetricDataInput = { ...threeMinutes, MetricDataQueries, ...other };
  return (await client.send(new GetMetricDataCommand(request))).MetricDataResults;
}

test('data of metrics and expressions, the newest first unless it is asked otherwise', async (t) => {
  const aws = await gateway(t);
  await publishJobs(aws);
  const queries = [
    { Id: 'e1', Expression: 'FILL(m1, 0) * 2', Label: 'Doubled' },
    stat('m1', { ReturnData: false }),
    stat('m2', {}, 'p50'),
  ];
  const complete = { StatusCode: 'Complete' as const };
  t.deepEqual(await results(aws, queries), [
    { Id: 'e1', Label: 'Doubled', Timestamps: [at(120), at(60), at(0)], Values: [20, 0, 18], ...complete },
    { Id: 'm2', Label: 'm2', Timestamps: [at(120), at(0)], Values: [10, 2], ...complete },
  ]);
  const oldestFirst = { StartTime: at(59), EndTime: at(61), ScanBy: 'TimestampAscending' };
  t.deepEqual(await results(aws, [stat('m1')], oldestFirst), [
    { Id: 'm1', Label: 'm1', Timestamps: [at(0)], Values: [9], ...complete },
  ]);
});

test('metrics have data of their own periods', async (t) => {
  const aws = await gateway(t);
  await publishJobs(aws);
  const { MetricStat } = stat('m2');
  const found = await results(aws, [
    stat('m1'),
    { Id: 'm2', MetricStat: MetricStat && { ...MetricStat, Period: 180 } },
  ]);
  t.deepEqual(
    found?.map(({ Id, Timestamps, Values }) => [Id, Timestamps, Values]),
    [
      ['m1', [at(120), at(0)], [10, 9]],
      ['m2', [at(0)], [19]],
    ],
  );
});

test('metrics are listed by namespace, name and dimensions', async (t) => {
  const aws = await gateway(t);
  await publishJobs(aws);
  await publish(aws, [{ MetricName: 'Failures', Value: 1 }]);
  await publish(aws, [{ ...jobs, Value: 1 }], 'Other');
  const list = async (filter = {}) => (await aws.client.send(new ListMetricsCommand(filter))).Metrics;
  const [own, failures, other] = [
    { Namespace: 'Own', ...jobs },
    { Namespace: 'Own', MetricName: 'Failures', Dimensions: [] },
    { Namespace: 'Other', ...jobs },
  ];
  t.deepEqual(await list(), [own, failures, other]);
  t.deepEqual(await list({ Namespace: 'Own' }), [own, failures]);
  t.deepEqual(await list({ MetricName: 'Jobs' }), [own, other]);
  t.deepEqual(await list({ Dimensions: [{ Name: 'queue' }] }), [own, other]);
  t.deepEqual(await list({ Dimensions }), [own, other]);
  t.deepEqual(await list({ Dimensions: [{ Name: 'queue', Value: 'b' }] }), []);
  t.deepEqual(await list({ Namespace: 'None' }), []);
});

test('input that CloudWatch refuses has its error', async (t) => {
  const aws = await gateway(t);
  const refused = (call: Promise<unknown>, name: string, message: RegExp | string) =>
    t.throwsAsync(call, { name, message });
  const value = [{ ...jobs, Value: 1 }];
  const invalid = 'InvalidParameterValueException';
  const missing = 'MissingRequiredParameterException';
  await refused(publish(aws, value, 'AWS/EC2'), invalid, 'The value AWS/EC2 for parameter Namespace is invalid.');
  await refused(publish(aws, value, ''), invalid, /Namespace/);
  await refused(publish(aws, [{ ...jobs, Value: Number.NaN }]), invalid, /MetricData\[0\]\.Value/);
  await refused(publish(aws, [...value, jobs]), missing, 'A datum must have Value, Values or StatisticValues.');
  await refused(publish(aws, [{ Value: 1 } as never]), missing, /MetricData\[0\]\.MetricName/);
  await refused(publish(aws, []), missing, /MetricData/);
  t.deepEqual(aws.store.metrics(), []);
  const statistics = (other: object) =>
    aws.client.send(
      new GetMetricStatisticsCommand({ Namespace: 'Own', ...jobs, ...threeMinutes, Period: 60, ...other }),
    );
  await refused(statistics({ Period: undefined }), missing, /Period/);
  await refused(statistics({ StartTime: undefined }), missing, /StartTime/);
  const combination = 'InvalidParameterCombinationException';
  await refused(statistics({ EndTime: at(10_081 * 60) }), combination, /1 to 10080 periods, not 10081$/);
  await refused(statistics({ EndTime: at(0) }), combination, /1 to 10080 periods, not 0$/);
  await refused(results(aws, [stat('m1')], { StartTime: at(240) }), combination, /not -1$/);
  await refused(results(aws, []), missing, /MetricDataQueries/);
});

test('expressions that cannot be evaluated are validation errors', async (t) => {
  const aws = await gateway(t);
  const refused = (Expression: string | undefined, message: RegExp) =>
    t.throwsAsync(results(aws, [{ Id: 'e1', Expression }]), { name: 'ValidationException', message });
  await refused('m1 * 2', /no metric or earlier expression has the id m1/);
  await refused('RATE(1)', /has no function RATE/);
  await refused('1 +', /Expected expression/);
  await refused(undefined, /metric math/);
});

test('a large publication is compressed', async (t) => {
  const aws = await gateway(t);
  const names = Array.from({ length: 500 }, (_, index) => `Jobs-of-the-queue-${index}`);
  await publish(
    aws,
    names.map((MetricName) => ({ MetricName, Value: 1 })),
  );
  t.deepEqual(
    aws.store.metrics().map(({ name }) => name),
    names,
  );
});

test('a compressed call that the gateway does not answer is forwarded as it came', async (t) => {
  const { answers, forwarded, ...aws } = await gateway(t);
  delete answers['monitoring:PutMetricData'];
  const large = Array.from({ length: 500 }, (_, index) => ({ MetricName: `Jobs-of-the-queue-${index}`, Value: 1 }));
  await publish({ answers, forwarded, ...aws }, large);
  const [[encoding, body] = []] = forwarded;
  t.deepEqual([forwarded.length, encoding, body?.subarray(0, 2)], [1, 'gzip', Buffer.from([0x1f, 0x8b])]);
});

/** Sends a call in the Query protocol; returns the status and the XML without ids. */
async function query({ endpoint }: Gateway, form: Record<string, string>): Promise<[number, string]> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
  const body = new URLSearchParams({ Version: '2010-08-01', ...form }).toString();
  const response = await fetchSigned(endpoint, { service: 'monitoring', method: 'POST', headers, body });
  return [response.status, (await response.text()).replace(/<RequestId>[^<]*</, '<RequestId><')];
}

const namespace = 'xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"';
const answer = (action: string, result: string): [number, string] => [
  200,
  `<${action}Response ${namespace}><${action}Result>${result}</${action}Result>` +
    `<ResponseMetadata><RequestId></RequestId></ResponseMetadata></${action}Response>`,
];

test('the same calls in the Query protocol', async (t) => {
  const aws = await gateway(t);
  const publication = {
    Namespace: 'Own',
    'MetricData.member.1.MetricName': 'Jobs',
    'MetricData.member.1.Dimensions.member.1.Name': 'queue',
    'MetricData.member.1.Dimensions.member.1.Value': 'a & b',
    'MetricData.member.1.Timestamp': '2026-11-29T03:00:00Z',
    'MetricData.member.1.Values.member.1': '2',
    'MetricData.member.1.Values.member.2': '3',
    'MetricData.member.1.Counts.member.1': '1',
    'MetricData.member.1.Counts.member.2': '2',
  };
  t.deepEqual(await query(aws, { Action: 'PutMetricData', ...publication }), answer('PutMetricData', ''));
  const range = { StartTime: '2026-11-29T03:00:00Z', EndTime: '2026-11-29T03:02:00.000Z' };
  const dimension = { 'Dimensions.member.1.Name': 'queue', 'Dimensions.member.1.Value': 'a & b' };
  const statistics = { Namespace: 'Own', MetricName: 'Jobs', ...dimension, ...range, Period: '60' };
  t.deepEqual(
    await query(aws, { Action: 'GetMetricStatistics', ...statistics, 'Statistics.member.1': 'Sum' }),
    answer(
      'GetMetricStatistics',
      '<Label>Jobs</Label><Datapoints><member>' +
        '<Timestamp>2026-11-29T03:00:00.000Z</Timestamp><Unit>None</Unit><Sum>8</Sum></member></Datapoints>',
    ),
  );
  const found = 'MetricDataQueries.member.1';
  const data = {
    ...range,
    [`${found}.Id`]: 'm1',
    [`${found}.ReturnData`]: 'true',
    [`${found}.MetricStat.Metric.Namespace`]: 'Own',
    [`${found}.MetricStat.Metric.MetricName`]: 'Jobs',
    [`${found}.MetricStat.Metric.Dimensions.member.1.Name`]: 'queue',
    [`${found}.MetricStat.Metric.Dimensions.member.1.Value`]: 'a & b',
    [`${found}.MetricStat.Period`]: '60',
    [`${found}.MetricStat.Stat`]: 'Maximum',
  };
  t.deepEqual(
    await query(aws, { Action: 'GetMetricData', ...data }),
    answer(
      'GetMetricData',
      '<MetricDataResults><member><Id>m1</Id><Label>m1</Label>' +
        '<Timestamps><member>2026-11-29T03:00:00.000Z</member></Timestamps>' +
        '<Values><member>3</member></Values><StatusCode>Complete</StatusCode></member></MetricDataResults>',
    ),
  );
  t.deepEqual(
    await query(aws, { Action: 'ListMetrics', Namespace: 'Own' }),
    answer(
      'ListMetrics',
      '<Metrics><member><Namespace>Own</Namespace><MetricName>Jobs</MetricName>' +
        '<Dimensions><member><Name>queue</Name><Value>a &amp; b</Value></member></Dimensions></member></Metrics>',
    ),
  );
});

test('errors in the Query protocol', async (t) => {
  const aws = await gateway(t);
  const datum = { 'MetricData.member.1.MetricName': 'Jobs' };
  const error = (code: string, message: string): [number, string] => [
    400,
    `<ErrorResponse ${namespace}><Error><Type>Sender</Type><Code>${code}</Code>` +
      `<Message>${message}</Message></Error><RequestId></RequestId></ErrorResponse>`,
  ];
  t.deepEqual(
    await query(aws, { Action: 'PutMetricData', Namespace: 'AWS/EC2', ...datum }),
    error('InvalidParameterValue', 'The value AWS/EC2 for parameter Namespace is invalid.'),
  );
  t.deepEqual(
    await query(aws, { Action: 'PutMetricData', Namespace: 'Own', ...datum }),
    error('MissingParameter', 'A datum must have Value, Values or StatisticValues.'),
  );
  const refused = async (form: Record<string, string>, expected: RegExp) => {
    const [status, text] = await query(aws, { Action: 'PutMetricData', ...form, ...datum });
    t.is(status, 400);
    t.regex(text, expected);
  };
  await refused({}, /<Code>MissingParameter<\/Code><Message>[^<]*Namespace/);
  const value = { Namespace: 'Own', 'MetricData.member.1.Value': '1' };
  const late = { ...value, 'MetricData.member.1.Timestamp': 'yesterday' };
  await refused(late, /<Code>InvalidParameterValue<\/Code><Message>[^<]*Timestamp/);
  await refused(
    { ...value, 'MetricData.member.1.Value': 'x' },
    /<Code>InvalidParameterValue<\/Code><Message>[^<]*Value/,
  );
  t.deepEqual(aws.store.metrics(), []);
});
