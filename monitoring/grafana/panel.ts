import { type Panel, type Unit, withTimes } from '../panel.ts';

/** The data source that whoever opens the dashboard chooses: an import fits any Grafana. */
export const dataSource = { type: 'prometheus', uid: '$' + '{datasource}' } as const;

/** Where a panel stands in Grafana's grid of 24 columns. */
export interface Place {
  x: number;
  y: number;
  w: number;
  h: number;
}

const units: Record<Unit, string> = {
  seconds: 's',
  ratio: 'percentunit',
  'a minute': 'cpm',
  count: 'short',
  days: 'd',
  index: 'none',
};

// Grafana takes a rate over at least four scrapes, as Prometheus' manual advises.
const times = { window: '$__rate_interval', range: '$__range' };

/** Returns a panel as Grafana's time series. */
export function grafanaPanel(panel: Panel, id: number, gridPos: Place) {
  return {
    ...{ id, type: 'timeseries', title: panel.title, description: panel.description, gridPos },
    datasource: dataSource,
    targets: panel.queries.map(({ legend, query }, index) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + index),
      datasource: dataSource,
      expr: withTimes(query, times),
      legendFormat: legend,
      range: true,
    })),
    fieldConfig: { defaults: fieldDefaults(panel), overrides: [] },
    options: {
      legend: { displayMode: 'table', placement: 'bottom', calcs: ['lastNotNull', 'max'], showLegend: true },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
  };
}

function fieldDefaults({ unit, kind, marks = [], empty }: Panel) {
  return {
    ...{ unit: units[unit], min: 0 },
    ...(empty && { noValue: empty }),
    custom: {
      lineInterpolation: kind === 'steps' ? 'stepAfter' : 'linear',
      lineWidth: 2,
      thresholdsStyle: { mode: marks.length > 0 ? 'dashed' : 'off' },
    },
    thresholds: {
      mode: 'absolute',
      steps: [
        { color: 'green', value: null },
        ...marks.map(({ value }, index) => ({ color: index < marks.length - 1 ? 'orange' : 'red', value })),
      ],
    },
  };
}
