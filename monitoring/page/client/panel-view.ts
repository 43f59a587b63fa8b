import type { Panel } from '../../panel.ts';
import { lastValue, type Series } from '../answers.ts';
import { Looks } from '../looks.ts';
import { defaultRange, type Range, type Span, spanOf, timesOf } from '../ranges.ts';
import { graphUrl } from '../urls.ts';
import { formatValue } from '../values.ts';
import { Chart } from './chart.ts';
import { element } from './element.ts';
import { legendItems } from './legend.ts';
import { valueTable } from './table.ts';
import { currentTheme } from './theme.ts';

/** A panel on the page: its chart or its table, its legend, and a link to Prometheus. */
export class PanelView {
  readonly element: HTMLElement;
  readonly #panel: Panel;
  readonly #canvas = element('div', { class: 'canvas', attributes: { role: 'img' } });
  readonly #table = element('div', { class: 'table', attributes: { tabindex: '0', role: 'region' } });
  readonly #message = element('p', { class: 'message', text: 'Loading …' });
  readonly #legend = element('ul', { class: 'legend' });
  readonly #toggle = element('button', { text: 'Table', attributes: { type: 'button', 'aria-pressed': 'false' } });
  readonly #link = element('a', { text: 'Prometheus' });
  readonly #looks = new Looks();
  readonly #hidden = new Set<string>();
  #chart: Chart | undefined;
  #series: readonly Series[] = [];
  #times: readonly number[] = [];

  constructor(panel: Panel) {
    this.#panel = panel;
    const title = `${panel.id}-title`;
    this.#canvas.setAttribute('aria-label', panel.title);
    this.#table.setAttribute('aria-label', `Values of ${panel.title}`);
    this.#toggle.setAttribute('aria-describedby', title);
    this.#link.setAttribute('aria-describedby', title);
    this.#toggle.addEventListener('click', () => this.#switch());
    this.element = element(
      'article',
      { class: 'panel', attributes: { id: panel.id, 'aria-labelledby': title } },
      element(
        'header',
        {},
        element('h3', { text: panel.title, attributes: { id: title } }),
        element('div', { class: 'actions' }, this.#toggle, this.#link),
      ),
      element('p', { class: 'note', text: panel.description }),
      element('div', { class: 'plot' }, this.#canvas, this.#table, this.#message),
      this.#legend,
    );
    this.#table.hidden = true;
    this.#link.href = graphUrl(panel, defaultRange, spanOf(defaultRange, 0));
  }

  /** Shows the series of a span. */
  show(series: readonly Series[], range: Range, span: Span): void {
    this.#series = series;
    this.#times = timesOf(span);
    this.#link.href = graphUrl(this.#panel, range, span);
    this.#say(series.length === 0 ? (this.#panel.empty ?? 'Nothing was measured in this time.') : '');
    this.draw();
  }

  /** Says why there are no series. */
  fail(reason: string): void {
    this.#series = [];
    this.#say(`Prometheus refuses the query: ${reason}`);
    this.draw();
  }

  /** Says that there is nothing to show yet; what was shown stays. */
  miss(): void {
    if (this.#times.length === 0) this.#say('No data yet.');
  }

  /** Draws the series again, such as in other colours. */
  draw(): void {
    if (this.#times.length === 0) return;
    const all = this.#series.map((one) => ({ one, look: this.#looks.of(one.name) }));
    const shown = all.filter(({ one }) => !this.#hidden.has(one.name));
    this.#chart ??= new Chart(this.#canvas);
    this.#chart.draw({
      panel: this.#panel,
      series: shown.map(({ one }) => one),
      looks: shown.map(({ look }) => look),
      times: this.#times,
      theme: currentTheme(),
    });
    this.#canvas.setAttribute('aria-label', this.#summary());
    this.#table.replaceChildren(valueTable(this.#panel, this.#series, this.#times));
    this.#renewLegend();
  }

  #renewLegend(): void {
    const focused = [...this.#legend.children].findIndex((item) => item.contains(document.activeElement));
    this.#legend.replaceChildren(
      ...legendItems({
        unit: this.#panel.unit,
        series: this.#series,
        looks: this.#series.map(({ name }) => this.#looks.of(name)),
        hidden: this.#hidden,
        onToggle: (name) => this.#toggleLine(name),
        onPoint: (name) => this.#chart?.highlight(name),
      }),
    );
    // A refresh must not take the keyboard's place away.
    this.#legend.children[focused]?.querySelector('button')?.focus();
  }

  #toggleLine(name: string): void {
    if (!this.#hidden.delete(name)) this.#hidden.add(name);
    this.draw();
  }

  #switch(): void {
    const isTable = this.#table.hidden;
    this.#toggle.setAttribute('aria-pressed', String(isTable));
    this.#table.hidden = !isTable;
    this.#canvas.hidden = isTable;
  }

  #say(message: string): void {
    this.#message.textContent = message;
    this.#message.hidden = message === '';
    this.element.classList.toggle('empty', message !== '');
  }

  #summary(): string {
    const values = this.#series.map((one) => `${one.name} ${formatValue(this.#panel.unit, lastValue(one))}`);
    return `${this.#panel.title}: ${values.join(', ') || 'no values'}`;
  }
}
