import type { Unit } from '../../panel.ts';
import type { Series } from '../answers.ts';
import type { Look } from '../looks.ts';
import { formatValue } from '../values.ts';
import { dayTime } from './clock.ts';
import { element } from './element.ts';
import { swatch } from './swatch.ts';

export interface TooltipProps {
  unit: Unit;
  series: readonly Series[];
  looks: readonly Look[];
  /** In seconds since 1970. */
  time: number;
  /** The index of the time among the values. */
  index: number;
}

// A longer list would be cut off at the edge of a phone.
const mostRows = 12;

/** Returns what the pointer shows of one time: the largest values of all lines. */
export function tooltip({ unit, series, looks, time, index }: TooltipProps): HTMLElement {
  const rows = series
    .map(({ name, values }, line) => ({ name, value: values[index] ?? null, look: looks[line] as Look }))
    .filter(({ value }) => value !== null)
    .sort((one, other) => (other.value as number) - (one.value as number));
  const shown = rows
    .slice(0, mostRows)
    .map(({ name, value, look }) =>
      element(
        'div',
        { class: 'row' },
        swatch(look),
        element('span', { class: 'name', text: name }),
        element('b', { text: formatValue(unit, value) }),
      ),
    );
  return element(
    'div',
    { class: 'tooltip' },
    element('div', { class: 'time', text: dayTime(new Date(time * 1000)) }),
    ...shown,
    ...restOf(rows.length),
  );
}

function restOf(count: number): HTMLElement[] {
  if (count === 0) return [element('div', { text: 'no values' })];
  return count > mostRows ? [element('div', { text: `and ${count - mostRows} more` })] : [];
}
