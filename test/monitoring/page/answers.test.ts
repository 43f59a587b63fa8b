import test from 'ava';
import { lastValue, ringingAlerts, seriesOf } from '../../../monitoring/page/answers.ts';
import { figureValue } from '../../../monitoring/page/figures.ts';
import type { Panel } from '../../../monitoring/panel.ts';

const panel: Panel = {
  ...{ id: 'machines', title: 'Machines', group: 'Machines', description: 'How many.', unit: 'count' },
  queries: [
    { legend: '{{release}} {{track}}', query: 'a' },
    { legend: 'all of {{zone}}', query: 'b' },
    { legend: '{{zone}}', query: 'c' },
  ],
};

test('series have their names from labels, a value or a gap for each time, and an order', (t) => {
  const answers = [
    [
      {
        metric: { release: 'r10' },
        values: [
          [30, '2'],
          [60, 'NaN'],
        ] as const,
      },
      {
        metric: { release: 'r9', track: 'blue' },
        values: [
          [15, '1'],
          [45, '+Inf'],
          [60, '3'],
        ] as const,
      },
    ],
    [{ metric: {}, values: [] }],
    [{ metric: {}, values: [[60, '0']] as const }],
  ];
  t.deepEqual(seriesOf(panel, answers, [15, 30, 45, 60]), [
    { name: 'r9 blue', values: [1, null, null, 3] },
    { name: 'r10', values: [null, 2, null, null] },
    { name: 'all of', values: [null, null, null, null] },
    { name: 'all', values: [null, null, null, 0] },
  ]);
});

test('the newest value is one of the last five', (t) => {
  t.is(lastValue({ name: '', values: [1, 2, null, null, null, null] }), 2);
  t.is(lastValue({ name: '', values: [2, null, null, null, null, null] }), null);
  t.is(lastValue({ name: '', values: [] }), null);
});

test('a figure adds up the newest values of its series, or takes the largest, or has none', (t) => {
  const series = [
    { name: 'p99', values: [9] },
    { name: 'p90', values: [5] },
    { name: 'p10', values: [null] },
  ];
  const figure = { label: '', panel: '' };
  t.is(figureValue({ ...figure, combine: 'sum' }, series), 14);
  t.is(figureValue({ ...figure, combine: 'largest' }, series), 9);
  t.is(figureValue({ ...figure, combine: 'largest', series: 'p90' }, series), 5);
  t.is(figureValue({ ...figure, combine: 'sum', series: 'p10' }, series), null);
  t.is(figureValue({ ...figure, combine: 'sum' }, []), null);
});

test('alerts that ring are listed, critical ones first, then the oldest', (t) => {
  const alert = (alertname: string, severity: string, state: string, activeAt: string) => ({
    ...{
      labels: { alertname, severity },
      annotations: { summary: `${alertname}!`, description: 'Do it.' },
      state,
      activeAt,
    },
  });
  const alerts = ringingAlerts([
    alert('A', 'warning', 'firing', '2026-01-01T00:00:03.5Z'),
    alert('B', 'warning', 'firing', '2026-01-01T00:00:01Z'),
    alert('C', 'critical', 'firing', '2026-01-01T00:00:02Z'),
    alert('D', 'critical', 'pending', '2026-01-01T00:00:00Z'),
  ]);
  t.deepEqual(
    alerts.map(({ name }) => name),
    ['C', 'B', 'A'],
  );
  t.deepEqual(alerts[2], {
    ...{ name: 'A', severity: 'warning', summary: 'A!', description: 'Do it.' },
    since: new Date('2026-01-01T00:00:03.500Z'),
  });
});
