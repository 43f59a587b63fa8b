/** What a panel's values are: each unit has a format on the page and one in Grafana. */
export type Unit = 'seconds' | 'ratio' | 'a minute' | 'count' | 'days' | 'index';

/** A chart of the dashboards: what it shows, and from which queries. */
export interface Panel {
  /** Names the panel in addresses; stays when the title changes. */
  id: string;
  title: string;
  group: string;
  /** One sentence that says what the panel tells. */
  description: string;
  unit: Unit;
  queries: readonly PanelQuery[];
  /** `steps` draws values that hold until the next one, such as a number of machines. */
  kind?: 'lines' | 'steps';
  /** What it means that there is no series; without it, that nothing was measured. */
  empty?: string;
  /** Values to compare with, drawn as lines across. */
  marks?: readonly { value: number; label: string }[];
}

export interface PanelQuery {
  /** The name of a series; `{{label}}` stands for the value of its label. */
  legend: string;
  /** PromQL with `$window`, the time over which rates are taken, and `$range`, the time that the dashboard shows. */
  query: string;
}

/** The values of a query's placeholders, as PromQL durations or Grafana's variables. */
export interface Times {
  window: string;
  range: string;
}

/** Returns a query with its placeholders replaced. */
export function withTimes(query: string, { window, range }: Times): string {
  return query.replaceAll('$window', () => window).replaceAll('$range', () => range);
}
