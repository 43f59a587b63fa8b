import test from 'ava';
import { defaultRange, spanOf } from '../../../monitoring/page/ranges.ts';
import { graphUrl, valuesUrl } from '../../../monitoring/page/urls.ts';
import type { Panel } from '../../../monitoring/panel.ts';

const span = spanOf(defaultRange, 3600);

test('values are asked for below the page, with the times of the span', (t) => {
  t.is(
    valuesUrl('rate(a{b="c"}[$window]) + d[$range]', defaultRange, span),
    'prometheus/api/v1/query_range?query=rate%28a%7Bb%3D%22c%22%7D%5B60s%5D%29+%2B+d%5B1h%5D&start=0&end=3600&step=15',
  );
});

test("a panel's link opens all its queries in Prometheus", (t) => {
  const queries = [
    { legend: '', query: 'a[$window]' },
    { legend: '', query: 'b' },
  ];
  t.is(
    graphUrl({ queries } as unknown as Panel, defaultRange, span),
    'prometheus/classic/graph?g0.expr=a%5B60s%5D&g0.tab=0&g0.range_input=1h&g1.expr=b&g1.tab=0&g1.range_input=1h',
  );
});
