import { lastValue, type Series } from './answers.ts';

/** A number at the top of the page: the newest of a panel. */
export interface Figure {
  label: string;
  panel: string;
  /** The one series that counts; without it, all. */
  series?: string;
  combine: 'sum' | 'largest';
}

export const figures: readonly Figure[] = [
  { label: 'Machines up', panel: 'machines', combine: 'sum' },
  { label: 'Requests', panel: 'requests', combine: 'sum' },
  { label: 'p90', panel: 'latency', series: 'p90', combine: 'largest' },
  { label: 'Failures', panel: 'error-share', combine: 'largest' },
  { label: 'Unknown', panel: 'unknown', combine: 'largest' },
  { label: 'Largest drift', panel: 'drift', combine: 'largest' },
];

/** Returns the value of a figure from the series of its panel, or null where there is none now. */
export function figureValue({ series: name, combine }: Figure, series: readonly Series[]): number | null {
  const values = series
    .filter((one) => name === undefined || one.name === name)
    .map(lastValue)
    .filter((value) => value !== null);
  if (values.length === 0) return null;
  return combine === 'sum' ? values.reduce((sum, value) => sum + value) : Math.max(...values);
}
