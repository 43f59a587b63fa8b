import test from 'ava';
import { chartOption, type Theme } from '../../../monitoring/page/chart-option.ts';
import { lookOf } from '../../../monitoring/page/looks.ts';
import type { Panel, Unit } from '../../../monitoring/panel.ts';

const theme: Theme = {
  ...{ ink: '#000', faint: '#666', grid: '#ddd', paper: '#fff' },
  lines: ['#111', '#222', '#333', '#444', '#555', '#666', '#777', '#888'],
};

function panelOf(unit: Unit, rest: Partial<Panel> = {}): Panel {
  return { id: 'a', title: 'A', group: 'G', description: 'What.', unit, queries: [], ...rest };
}

function optionOf(panel: Panel, values: (number | null)[]) {
  const times = values.map((_, index) => index * 15);
  return chartOption({ panel, series: [{ name: 'one', values }], looks: [lookOf(1)], times, theme });
}

function axisOf(unit: Unit, largest: number): unknown[] {
  const { name, max, interval } = optionOf(panelOf(unit), [largest]).yAxis as Record<string, unknown>;
  return [name, max, interval];
}

test('an axis has the unit and round numbers a little above its values', (t) => {
  t.deepEqual(axisOf('seconds', 0.0247), ['ms', 30, 10]);
  t.deepEqual(axisOf('a minute', 963), ['a minute', 1000, 200]);
  t.deepEqual(axisOf('a minute', 999), ['a minute', 1200, 300]);
  t.deepEqual(axisOf('index', 0.06), ['index', 0.08, 0.02]);
  t.deepEqual(axisOf('index', 0), ['index', 1, 1]);
});

test('an axis of shares is whole unless they are small, and one of numbers has no fractions', (t) => {
  t.deepEqual(axisOf('ratio', 0.4), ['%', 100, 25]);
  t.deepEqual(axisOf('ratio', 0.0746), ['%', 8, 2]);
  t.deepEqual(axisOf('count', 1), ['number', 2, 1]);
  t.deepEqual(axisOf('count', 0), ['number', 1, 1]);
});

test('a line has its look, a gap where there is no value, and a symbol where it is alone', (t) => {
  const { series } = optionOf(panelOf('ratio'), [0.1, 0.1, null, 0.1, null, 0.1, 0.1, 0.1, 0.1, 0.1]);
  const [line] = series as unknown as [Record<string, unknown> & { data: { symbol: string; value: unknown[] }[] }];
  t.deepEqual(
    [line.name, line.color, line.lineStyle, line.step],
    ['one', '#222', { color: '#222', width: 2, type: [7, 4] }, false],
  );
  t.deepEqual(
    line.data.slice(0, 4).map(({ value, symbol }) => [...value, symbol]),
    [
      [0, 10, 'triangle'],
      [15_000, 10, 'none'],
      [30_000, '-', 'triangle'],
      [45_000, 10, 'triangle'],
    ],
  );
});

test('marks are on the chart even when all values are far below', (t) => {
  const { series, yAxis } = optionOf(panelOf('index', { marks: [{ value: 0.25, label: 'drifts' }] }), [0.01]);
  const [{ markLine }] = series as unknown as [{ markLine: { data: unknown } }];
  t.deepEqual(markLine.data, [{ yAxis: 0.25, label: { formatter: '0.25 drifts' } }]);
  t.is((yAxis as { max: number }).max, 0.3);
});
