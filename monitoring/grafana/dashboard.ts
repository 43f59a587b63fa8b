import type { Panel } from '../panel.ts';
import { dataSource, grafanaPanel, type Place } from './panel.ts';

const columns = 2;
const panelWidth = 24 / columns;
const panelHeight = 8;

/** The panels as a dashboard of Grafana, in its JSON model: a row for each group, two panels side by side. */
export function grafanaDashboard(panels: readonly Panel[]) {
  return {
    ...{ uid: 'intent-fleet', title: 'intent-fleet', tags: ['intent-fleet'] },
    ...{ schemaVersion: 39, version: 1, editable: true, timezone: 'browser', graphTooltip: 1, refresh: '30s' },
    time: { from: 'now-1h', to: 'now' },
    templating: {
      list: [{ name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus', refresh: 1 }],
    },
    annotations: { list: [alerts] },
    panels: layOut(panels),
  };
}

/** The dashboard as a file. */
export function grafanaFile(panels: readonly Panel[]): string {
  return `${JSON.stringify(grafanaDashboard(panels), null, 2)}\n`;
}

// Shows over all panels when an alert rang.
const alerts = {
  ...{ name: 'Alerts', datasource: dataSource, enable: true, iconColor: 'red' },
  ...{ expr: 'ALERTS{alertstate="firing"}', titleFormat: '{{alertname}}', textFormat: '{{instance}}', step: '60s' },
};

function layOut(panels: readonly Panel[]) {
  let y = 0;
  let id = 0;
  const next = () => (id += 1);
  return [...Map.groupBy(panels, ({ group }) => group)].flatMap(([title, members]) => {
    const row = { id: next(), type: 'row', title, collapsed: false, gridPos: { x: 0, y, w: 24, h: 1 }, panels: [] };
    const top = y + 1;
    y = top + Math.ceil(members.length / columns) * panelHeight;
    return [row, ...members.map((panel, index) => grafanaPanel(panel, next(), placeOf(index, top)))];
  });
}

function placeOf(index: number, top: number): Place {
  const [x, y] = [(index % columns) * panelWidth, top + Math.floor(index / columns) * panelHeight];
  return { x, y, w: panelWidth, h: panelHeight };
}
