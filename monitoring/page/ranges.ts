/** A time that the page can show. */
export interface Range {
  /** As in the page's address and in PromQL. */
  name: string;
  label: string;
  seconds: number;
  /** The time between two values. */
  step: number;
  /** The time between two refreshes. */
  refresh: number;
}

export const ranges: readonly Range[] = [
  { name: '15m', label: '15 min', seconds: 900, step: 10, refresh: 10 },
  { name: '1h', label: '1 h', seconds: 3600, step: 15, refresh: 15 },
  { name: '6h', label: '6 h', seconds: 21_600, step: 60, refresh: 60 },
  { name: '24h', label: '24 h', seconds: 86_400, step: 300, refresh: 120 },
  { name: '7d', label: '7 days', seconds: 604_800, step: 1800, refresh: 300 },
];

/** The range that an address without one has. */
export const defaultRange = ranges[1] as Range;

// Four scrapes of a fleet that is read every 15 seconds.
const shortestWindow = 60;

/** Returns the range that is named after the address's `#`. */
export function rangeOf(hash: string): Range {
  const name = new URLSearchParams(hash.replace(/^#/, '')).get('range');
  return ranges.find((range) => range.name === name) ?? defaultRange;
}

/** The times of a query, in seconds since 1970, and the window of its rates, in seconds. */
export interface Span {
  start: number;
  end: number;
  step: number;
  window: number;
}

/** Returns the span of a range that ends now; its ends are whole steps, so that a refresh moves no value. */
export function spanOf({ seconds, step }: Range, now: number): Span {
  const end = Math.floor(now / step) * step;
  return { start: end - seconds, end, step, window: Math.max(step, shortestWindow) };
}

/** Returns all times of a span, in seconds since 1970. */
export function timesOf({ start, end, step }: Span): number[] {
  return Array.from({ length: Math.round((end - start) / step) + 1 }, (_, index) => start + index * step);
}
