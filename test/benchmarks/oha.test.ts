import test from 'ava';
import { ohaArguments, parseOhaResult } from '../../benchmarks/oha.ts';

const load = { url: 'https://127.0.0.1:1/predict', bodies: [], connections: 16 };
const common = [
  ...['--no-tui', '--output-format', 'json', '--insecure', '--redirect', '0'],
  ...['-m', 'POST', '-T', 'application/json', '-Z', '/bodies', '-c', '16'],
];

test('a load lasts for some seconds, or for a number of requests', (t) => {
  t.deepEqual(ohaArguments({ ...load, seconds: 3 }, '/bodies'), [...common, '-z', '3s', '-w', load.url]);
  t.deepEqual(ohaArguments({ ...load, requests: 500 }, '/bodies'), [...common, '-n', '500', load.url]);
  t.deepEqual(ohaArguments({ ...load, requests: 5 }, '/bodies', '/requests'), [
    ...[...common, '-n', '5', '--db-url', '/requests'],
    load.url,
  ]);
});

test('at a rate, times count from when a request was due', (t) => {
  const rated = ohaArguments({ ...load, seconds: 3, rate: 99.6 }, '/bodies');
  t.deepEqual(rated.slice(-4), ['-q', '100', '--latency-correction', load.url]);
});

test('a result counts statuses and failed connections', (t) => {
  const output = {
    summary: { total: 2, requestsPerSec: 50 },
    latencyPercentiles: { p50: 0.0005, p99: 0.002, 'p99.9': 0.1 },
    statusCodeDistribution: { 200: 98, 429: 1 },
    errorDistribution: { 'connection closed before message completed': 1 },
  };
  t.deepEqual(parseOhaResult(JSON.stringify(output), '0m0.000000s 0m0.000000s\n0m0.500000s 1m0.500000s\n'), {
    requests: 100,
    perSecond: 50,
    statuses: { 200: 98, 429: 1, 'connection closed before message completed': 1 },
    milliseconds: { p50: 0.5, p99: 2 },
    generatorCpu: 30.5,
  });
});
