import test from 'ava';
import { Histogram, Registry } from 'prom-client';
import { createMetrics } from '../../app/observe/metrics.ts';
import { Distribution, exposeHistogram } from '../../common/metrics/distribution.ts';

const about = { name: 'sizes', help: 'Sizes of things', labelNames: ['shape'] };
const buckets = [0.5, 1, 2.5];
const observations = { round: [0.1, 0.5, 0.500001, 1, 7, 2.5], flat: [1e9, 0] };

test("a distribution has the exposition format of prom-client's histogram", async (t) => {
  const [ours, theirs] = [new Registry(), new Registry()];
  const histogram = new Histogram({ ...about, buckets, registers: [theirs] });
  const series = Object.entries(observations).map(([shape, values]): [Record<string, string>, Distribution] => {
    const distribution = new Distribution(buckets);
    for (const value of values) {
      distribution.observe(value);
      histogram.observe({ shape }, value);
    }
    return [{ shape }, distribution];
  });
  exposeHistogram({ ...about, registry: ours, series: () => series });
  t.is(await ours.metrics(), await theirs.metrics());
});

async function requestLines(registry: Registry): Promise<string[]> {
  return (await registry.metrics()).split('\n').filter((line) => /^intent_http_requests_(total|in_flight)/.test(line));
}

test('counts requests by method, route and status, and those in flight', async (t) => {
  const { registry, traffic } = createMetrics();
  for (let request = 0; request < 5; request += 1) traffic.begin();
  traffic.end({ method: 'POST', route: '/predict', status: 200, seconds: 0.001 });
  traffic.end({ method: 'POST', route: '/predict', status: 422, seconds: 0.002 });
  traffic.end({ method: 'POST', route: '/predict', status: 200, seconds: 0.003 });
  traffic.end({ method: 'GET', route: '/ready', status: 200, seconds: 0.004 });
  const expected = [
    'intent_http_requests_in_flight 1',
    'intent_http_requests_total{method="POST",route="/predict",status="200"} 2',
    'intent_http_requests_total{method="POST",route="/predict",status="422"} 1',
    'intent_http_requests_total{method="GET",route="/ready",status="200"} 1',
  ];
  t.deepEqual(await requestLines(registry), expected);
  // A scrape changes nothing.
  t.deepEqual(await requestLines(registry), expected);
  const page = await registry.metrics();
  t.regex(page, /^intent_http_request_duration_seconds_count\{route="\/predict"\} 3$/m);
  t.regex(page, /^intent_http_request_duration_seconds_bucket\{le="0.0016",route="\/predict"\} 1$/m);
});
