import type { Unit } from '../panel.ts';

/** How the values of a chart are written along its axis. */
export interface Scale {
  /** What a value is multiplied by. */
  factor: number;
  /** The unit after that. */
  name: string;
}

const durations: readonly (Scale & { below: number })[] = [
  { below: 0.001, factor: 1e6, name: 'µs' },
  { below: 1, factor: 1000, name: 'ms' },
  { below: 120, factor: 1, name: 's' },
  { below: 7200, factor: 1 / 60, name: 'min' },
  { below: Number.POSITIVE_INFINITY, factor: 1 / 3600, name: 'h' },
];

const scales: Record<Exclude<Unit, 'seconds'>, Scale> = {
  ratio: { factor: 100, name: '%' },
  'a minute': { factor: 1, name: 'a minute' },
  count: { factor: 1, name: 'number' },
  days: { factor: 1, name: 'days' },
  index: { factor: 1, name: 'index' },
};

/** Returns the scale of a chart whose largest value is `largest`. */
export function scaleOf(unit: Unit, largest: number): Scale {
  if (unit !== 'seconds') return scales[unit];
  const { factor, name } = durations.find(({ below }) => largest < below) as Scale;
  return { factor, name };
}

const suffixes: Record<Unit, string> = {
  ...{ seconds: '', ratio: ' %', 'a minute': '/min', count: '', days: ' days', index: '' },
};

const threeDigits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3, notation: 'compact' });

/** Formats a number with three significant digits, such as `0.0123` and `12.3K`. */
export function formatNumber(value: number): string {
  return threeDigits.format(value);
}

/** Formats a value with its unit. */
export function formatValue(unit: Unit, value: number | null): string {
  if (value === null) return '–';
  // A time of zero has no unit of its own.
  const { factor, name } = scaleOf(unit, value === 0 ? 1 : Math.abs(value));
  return `${formatNumber(value * factor)}${unit === 'seconds' ? ` ${name}` : suffixes[unit]}`;
}
