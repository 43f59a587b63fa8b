import type { Panel } from '../panel.ts';

/** The values of one line of a panel, one for each time; null where there is none. */
export interface Series {
  name: string;
  values: readonly (number | null)[];
}

/** A series as Prometheus answers it; values are numbers in text. */
export interface Matrix {
  metric: Record<string, string>;
  values: readonly (readonly [seconds: number, value: string])[];
}

export interface Alert {
  name: string;
  severity: string;
  summary: string;
  description: string;
  since: Date;
}

/** An alert as Prometheus answers it. */
export interface AlertAnswer {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  state: string;
  activeAt: string;
}

const byName = new Intl.Collator('en', { numeric: true });

/** Returns the series of a panel from the answers to its queries, in the order of the queries and then by name. */
export function seriesOf({ queries }: Panel, answers: readonly Matrix[][], times: readonly number[]): Series[] {
  return queries.flatMap(({ legend }, index) =>
    (answers[index] ?? [])
      .map(({ metric, values }) => ({ name: nameOf(legend, metric), values: alignedValues(values, times) }))
      .sort((one, other) => byName.compare(one.name, other.name)),
  );
}

function nameOf(legend: string, labels: Record<string, string>): string {
  const name = legend.replace(/\{\{(\w+)\}\}/g, (_, label: string) => labels[label] ?? '');
  return name.replace(/\s+/g, ' ').trim() || 'all';
}

function alignedValues(values: Matrix['values'], times: readonly number[]): (number | null)[] {
  const byTime = new Map(values);
  return times.map((time) => {
    const value = Number(byTime.get(time) ?? Number.NaN);
    return Number.isFinite(value) ? value : null;
  });
}

/** Returns the last value of a series, if it is among the newest five: an older one says nothing about now. */
export function lastValue({ values }: Series): number | null {
  return values.slice(-5).findLast((value) => value !== null) ?? null;
}

/** Returns the alerts that ring, critical ones first, then by time. */
export function ringingAlerts(alerts: readonly AlertAnswer[]): Alert[] {
  return alerts
    .filter(({ state }) => state === 'firing')
    .map(({ labels, annotations, activeAt }) => ({
      name: labels.alertname ?? '',
      severity: labels.severity ?? '',
      summary: annotations.summary ?? labels.alertname ?? '',
      description: annotations.description ?? '',
      since: new Date(activeAt),
    }))
    .sort((one, other) => rank(one) - rank(other) || one.since.valueOf() - other.since.valueOf());
}

function rank({ severity }: Alert): number {
  return severity === 'critical' ? 0 : 1;
}
