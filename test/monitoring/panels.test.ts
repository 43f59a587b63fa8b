import test from 'ava';
import { withTimes } from '../../monitoring/panel.ts';
import { panels } from '../../monitoring/panels.ts';
import { startPrometheus, withPrometheus } from '../support/prometheus.ts';

test('panels have an id of their own, stand together by group, and say in a sentence what they tell', (t) => {
  const ids = panels.map(({ id }) => id);
  t.is(new Set(ids).size, panels.length);
  for (const id of ids) t.regex(id, /^[a-z-]+$/);
  const groups = panels.map(({ group }) => group);
  t.deepEqual(
    groups.filter((group, index) => group !== groups[index - 1]),
    ['Traffic', 'Machines', 'Predictions', 'Shadow', 'Upkeep'],
  );
  for (const { id, description } of panels) t.regex(description, /^[A-Z].{20,130}\.$/, id);
});

test('the placeholders of a query are replaced', (t) => {
  t.is(
    withTimes('rate(a[$window]) + rate(b[$window]) + c[$range]', { window: '$1m', range: '1h' }),
    'rate(a[$1m]) + rate(b[$1m]) + c[1h]',
  );
});

test('no panel counts probes as requests', (t) => {
  const queries = panels.flatMap(({ queries: all }) => all.map(({ query }) => query));
  const counting = queries.flatMap((query) => query.match(/intent_http_request(s_total|_duration_\w+){[^}]*}?/g) ?? []);
  t.true(counting.length > 10);
  t.deepEqual(
    counting.filter((selector) => !selector.includes('route!~"/health|/ready')),
    [],
  );
});

withPrometheus('Prometheus answers the query of every panel', async (t, programs) => {
  const url = await startPrometheus(t, programs);
  for (const { id, queries } of panels)
    for (const { query } of queries) {
      const body = new URLSearchParams({ query: withTimes(query, { window: '5m', range: '1h' }) });
      const answer = await fetch(`${url}/api/v1/query`, { method: 'POST', body });
      const { status, error } = (await answer.json()) as { status: string; error?: string };
      t.is(status, 'success', `${id}: ${error}`);
    }
});
