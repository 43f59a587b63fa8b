import test from 'ava';
import { servedFigures } from '../../deployments/served-figures.ts';
import { startEndpoint, vector } from './monitored.ts';

test('each figure is asked of both releases for the whole time; one that has served nothing has none', async (t) => {
  const expressions = new Set<string>();
  const endpoint = await startEndpoint(t, ({ searchParams }) => {
    const query = searchParams.get('query') ?? '';
    expressions.add(query);
    if (query.includes('0.99')) return [200, vector([{ release: 'aa' }, '0.02'], [{ release: 'bb' }, 'NaN'])];
    if (query.includes('0.5')) return [200, vector([{ release: 'aa' }, '0.001'])];
    if (query.includes('unknown')) return [200, vector([{ release: 'aa' }, '0.25'])];
    if (query.includes('_sum')) return [200, vector([{ release: 'aa' }, '0.9'])];
    return [200, vector([{ release: 'aa' }, '41.7'], [{ release: 'bb' }, '0'])];
  });
  t.deepEqual(await servedFigures(endpoint, { a: 'aa', b: 'bb' }, 90.5), {
    a: { predictions: 42, medianSeconds: 0.001, p99Seconds: 0.02, meanConfidence: 0.9, unknown: 0.25 },
    b: { predictions: 0, medianSeconds: null, p99Seconds: null, meanConfidence: null, unknown: null },
  });
  t.is(expressions.size, 5);
  t.true(
    expressions.has(
      'histogram_quantile(0.99, sum by (release, le) (increase(intent_http_request_duration_seconds_bucket{release=~"aa|bb", route="/predict"}[91s])))',
    ),
  );
  for (const expression of expressions) t.regex(expression, /\{release=~"aa\|bb"[^}]*\}\[91s\]/);
});
