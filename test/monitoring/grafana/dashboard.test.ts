import { readFile } from 'node:fs/promises';
import test from 'ava';
import { grafanaDashboardFile } from '../../../common/paths.ts';
import { grafanaDashboard, grafanaFile } from '../../../monitoring/grafana/dashboard.ts';
import type { Panel } from '../../../monitoring/panel.ts';
import { panels } from '../../../monitoring/panels.ts';

const drift: Panel = {
  ...{ id: 'drift', title: 'Drift', group: 'Model', description: 'How far.', unit: 'index', empty: 'Too few.' },
  queries: [
    { legend: '{{model}}', query: 'drift' },
    { legend: 'rate', query: 'rate(a[$window]) and topk(1, b[$range])' },
  ],
  marks: [
    { value: 0.1, label: 'moves' },
    { value: 0.25, label: 'drifts' },
  ],
};
const machines: Panel = { ...drift, id: 'machines', title: 'Machines', unit: 'count', kind: 'steps', queries: [] };

test('a panel becomes a time series of the data source that is chosen', (t) => {
  const datasource = { type: 'prometheus', uid: '$' + '{datasource}' };
  const [, panel] = grafanaDashboard([drift]).panels;
  t.deepEqual(panel, {
    ...{ id: 2, type: 'timeseries', title: 'Drift', description: 'How far.', gridPos: { x: 0, y: 1, w: 12, h: 8 } },
    datasource,
    targets: [
      { refId: 'A', datasource, expr: 'drift', legendFormat: '{{model}}', range: true },
      {
        ...{ refId: 'B', datasource, legendFormat: 'rate', range: true },
        expr: 'rate(a[$__rate_interval]) and topk(1, b[$__range])',
      },
    ],
    fieldConfig: {
      defaults: {
        ...{ unit: 'none', min: 0, noValue: 'Too few.' },
        custom: { lineInterpolation: 'linear', lineWidth: 2, thresholdsStyle: { mode: 'dashed' } },
        thresholds: {
          mode: 'absolute',
          steps: [
            { color: 'green', value: null },
            { color: 'orange', value: 0.1 },
            { color: 'red', value: 0.25 },
          ],
        },
      },
      overrides: [],
    },
    options: {
      legend: { displayMode: 'table', placement: 'bottom', calcs: ['lastNotNull', 'max'], showLegend: true },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
  });
});

test('groups are rows, with two panels side by side', (t) => {
  const other = { ...machines, group: 'Other' };
  const placed = grafanaDashboard([drift, machines, drift, other]).panels.map(
    ({ id, type, title, gridPos: { x, y } }) => [...[id, type, title, x, y]],
  );
  t.deepEqual(placed, [
    [1, 'row', 'Model', 0, 0],
    [2, 'timeseries', 'Drift', 0, 1],
    [3, 'timeseries', 'Machines', 12, 1],
    [4, 'timeseries', 'Drift', 0, 9],
    [5, 'row', 'Other', 0, 17],
    [6, 'timeseries', 'Machines', 0, 18],
  ]);
});

test('the dashboard in the repository is current; otherwise: make dashboards', async (t) => {
  t.is(await readFile(grafanaDashboardFile, 'utf8'), grafanaFile(panels));
});
