import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import test, { type ExecutionContext } from 'ava';
import { FleetMetricsReader } from '../../deployments/fleet-metrics.ts';
import { listen } from '../support/servers.ts';

interface Asked {
  StartTime: number;
  EndTime: number;
  NextToken?: string;
  MetricDataQueries: { Id: string; MetricStat: { Period: number } }[];
}

const resources = { load_balancer: 'arn:balancer', target_group: 'arn:blue' };

/** A CloudWatch that gives its results in two pages; `asked` has the requests. */
async function startCloudWatch(t: ExecutionContext) {
  const asked: Asked[] = [];
  const result = (Id: string, Timestamps: number[], Values: number[]) => ({ Id, Timestamps, Values });
  const pages = [
    { MetricDataResults: [result('healthy', [60], [2]), result('cpu0', [60], [12.5])], NextToken: 'more' },
    { MetricDataResults: [result('cpu0', [120], [25]), result('requests', [60], [120]), result('cpu1', [], [])] },
  ];
  const server = createServer(async (request, response) => {
    const body = (await json(request)) as Asked;
    asked.push(body);
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    response.end(JSON.stringify(pages[body.NextToken ? 1 : 0]));
  });
  const access = {
    region: 'eu-central-1',
    endpoint: `http://127.0.0.1:${await listen(t, server)}`,
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
  };
  return { asked, reader: new FleetMetricsReader({ access, periodSeconds: 60 }) };
}

test('reads the traffic and the last use of processors of each machine', async (t) => {
  const { asked, reader } = await startCloudWatch(t);
  t.deepEqual(await reader.read(resources, ['i-1', 'i-2'], 3_630_000), {
    until: new Date(120_000),
    requestsPerSecond: 2,
    p90Milliseconds: null,
    errorPercent: 0,
    cpuPercent: new Map([['i-1', 25]]),
  });
  t.deepEqual(
    asked.map(({ StartTime, EndTime, NextToken }) => ({ StartTime, EndTime, NextToken })),
    [undefined, 'more'].map((NextToken) => ({ StartTime: 2700, EndTime: 3600, NextToken })),
  );
});

test('reads anew after a third of a period, and for other machines or another target group at once', async (t) => {
  const { asked, reader } = await startCloudWatch(t);
  const pages = 2;
  await reader.read(resources, ['i-1'], 3_600_000);
  await reader.read(resources, ['i-1'], 3_619_999);
  t.is(asked.length, pages);
  await reader.read(resources, ['i-1'], 3_620_000);
  t.is(asked.length, 2 * pages);
  await reader.read(resources, ['i-1', 'i-2'], 3_620_000);
  t.is(asked.length, 3 * pages);
  await reader.read({ ...resources, target_group: 'arn:green' }, ['i-1', 'i-2'], 3_620_000);
  t.is(asked.length, 4 * pages);
});
