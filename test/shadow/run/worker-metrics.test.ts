import test from 'ava';
import { readWorkerMetrics } from '../../../shadow/run/worker-metrics.ts';
import { metricsOf, post, startTestService } from '../../app/service.ts';

test('a worker of this version says how long it takes and what memory', async (t) => {
  const { url, service } = await startTestService(t, { METRICS_PORT: '0' });
  await post(`${url}/predict`, { text: 'hello there' });
  const { inference, residentBytes } = readWorkerMetrics(await metricsOf(service));
  const parts = inference.map(({ part, le }) => (le === undefined ? part : `${part} ${le}`));
  t.deepEqual(parts.slice(0, 3), ['_bucket 0.000005', '_bucket 0.00001', '_bucket 0.00002']);
  t.deepEqual(parts.slice(-3), ['_bucket +Inf', '_sum', '_count']);
  t.is(inference.at(-1)?.value, 1);
  t.true((residentBytes ?? 0) > 10_000_000);
});

test('a page of another version has fewer', (t) => {
  t.deepEqual(readWorkerMetrics('# HELP other\nother 1\n'), { inference: [], residentBytes: undefined });
});
