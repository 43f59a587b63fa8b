import type { Unit } from '../../panel.ts';
import { lastValue, type Series } from '../answers.ts';
import type { Look } from '../looks.ts';
import { formatValue } from '../values.ts';
import { element } from './element.ts';
import { swatch } from './swatch.ts';

interface LegendProps {
  unit: Unit;
  series: readonly Series[];
  looks: readonly Look[];
  /** The names of lines that are not drawn. */
  hidden: ReadonlySet<string>;
  onToggle: (name: string) => void;
  onPoint: (name?: string) => void;
}

/** Returns a button for each line, with its newest value; it hides and shows the line. */
export function legendItems({ unit, series, looks, hidden, onToggle, onPoint }: LegendProps): HTMLElement[] {
  return series.map((one, index) => {
    const button = element(
      'button',
      {
        attributes: { type: 'button', 'aria-pressed': String(!hidden.has(one.name)), title: 'Hide or show this line' },
      },
      swatch(looks[index] as Look),
      element('span', { class: 'name', text: one.name }),
      element('b', { text: formatValue(unit, lastValue(one)) }),
    );
    button.addEventListener('click', () => onToggle(one.name));
    for (const event of ['pointerenter', 'focus']) button.addEventListener(event, () => onPoint(one.name));
    for (const event of ['pointerleave', 'blur']) button.addEventListener(event, () => onPoint());
    return element('li', {}, button);
  });
}
