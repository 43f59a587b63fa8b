import test from 'ava';
import { queryPrometheus, whyNoPrometheus } from '../../deployments/prometheus.ts';
import { startEndpoint, vector } from './monitored.ts';

test('the expression reaches Prometheus as it is, and its vector comes back', async (t) => {
  const asked: (string | null)[] = [];
  const endpoint = await startEndpoint(t, ({ pathname, searchParams }) => {
    asked.push(pathname, searchParams.get('query'));
    return [200, vector([{ release: 'a' }, '1.5'], [{}, 'NaN'])];
  });
  t.deepEqual(await queryPrometheus(endpoint, 'sum by (a) (b{c="d+&"})'), [
    { labels: { release: 'a' }, value: 1.5 },
    { labels: {}, value: Number.NaN },
  ]);
  t.deepEqual(asked, ['/monitoring/prometheus/api/v1/query', 'sum by (a) (b{c="d+&"})']);
});

for (const [status, body] of [
  [503, 'no machine'],
  [400, '{"status": "error", "errorType": "bad_data", "error": "parse error"}'],
  [200, '<html>'],
  [200, '{"status": "success", "data": {"resultType": "matrix", "result": []}}'],
] as const)
  test(`the answer ${status} ${body} is an error that shows it`, async (t) => {
    const endpoint = await startEndpoint(t, () => [status, body]);
    await t.throwsAsync(queryPrometheus(endpoint, 'up'), {
      name: 'UserError',
      message: `Prometheus answers a query with status ${status}: ${body}`,
    });
  });

const monitored = { monitoring_target_group: 'm' };

test('where Prometheus cannot be asked from here, it says why and what to do', async (t) => {
  const why = async (status: number, outputs: Parameters<typeof whyNoPrometheus>[1] = monitored) =>
    whyNoPrometheus(await startEndpoint(t, () => [status, '']), outputs, 'production');
  t.is(await why(200), undefined);
  t.is(
    await why(404),
    'the load balancer does not admit this address to the monitoring machine (monitoring.allow in stages/production.yaml)',
  );
  t.is(await why(503), 'the monitoring machine does not answer');
  t.is(
    await why(200, { monitoring_target_group: undefined }),
    'production has no monitoring machine (monitoring.enabled in stages/production.yaml)',
  );
});
