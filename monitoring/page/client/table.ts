import type { Panel } from '../../panel.ts';
import type { Series } from '../answers.ts';
import { formatValue } from '../values.ts';
import { dayTime } from './clock.ts';
import { element } from './element.ts';

const rowCount = 12;

/** Returns the values of a panel at a few times, the newest first. */
export function valueTable({ title, unit }: Panel, series: readonly Series[], times: readonly number[]): HTMLElement {
  const spacing = Math.max(1, Math.floor(times.length / rowCount));
  const indices = Array.from({ length: rowCount }, (_, row) => times.length - 1 - row * spacing).filter(
    (index) => index >= 0,
  );
  const head = ['Time', ...series.map(({ name }) => name)].map((text) =>
    element('th', { text, attributes: { scope: 'col' } }),
  );
  const rows = indices.map((index) =>
    element(
      'tr',
      {},
      element('th', { text: dayTime(new Date((times[index] as number) * 1000)), attributes: { scope: 'row' } }),
      ...series.map(({ values }) => element('td', { text: formatValue(unit, values[index] ?? null) })),
    ),
  );
  return element(
    'table',
    {},
    element('caption', { text: title }),
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows),
  );
}
