import type { Panel } from '../../panel.ts';
import { panels } from '../../panels.ts';
import type { Series } from '../answers.ts';
import { figures, figureValue } from '../figures.ts';
import { formatValue } from '../values.ts';
import { byId, element } from './element.ts';

/** Shows the newest values of a few panels as numbers. */
export function showFigures(series: ReadonlyMap<string, readonly Series[]>): void {
  byId('figures').replaceChildren(
    ...figures.map((figure) => {
      const { unit } = panels.find(({ id }) => id === figure.panel) as Panel;
      const value = formatValue(unit, figureValue(figure, series.get(figure.panel) ?? []));
      return element('div', {}, element('dt', { text: figure.label }), element('dd', { text: value }));
    }),
  );
}
