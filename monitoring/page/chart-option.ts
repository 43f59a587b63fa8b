import type { LineSeriesOption } from 'echarts/charts';
import type { GridComponentOption, MarkLineComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { Panel, Unit } from '../panel.ts';
import type { Series } from './answers.ts';
import type { Look } from './looks.ts';
import { formatNumber, type Scale, scaleOf } from './values.ts';

export type ChartOption = ComposeOption<
  LineSeriesOption | GridComponentOption | TooltipComponentOption | MarkLineComponentOption
>;

/** The page's colours, which depend on its scheme. */
export interface Theme {
  ink: string;
  faint: string;
  grid: string;
  paper: string;
  lines: readonly string[];
}

export interface ChartProps {
  panel: Panel;
  series: readonly Series[];
  looks: readonly Look[];
  /** In seconds since 1970. */
  times: readonly number[];
  theme: Theme;
}

const axisWidth = 46;

// Symbols tell lines apart; more of them would hide their course.
const symbolsPerLine = 5;

/** Returns how ECharts draws the lines of a panel. */
export function chartOption({ panel, series, looks, times, theme }: ChartProps): ChartOption {
  const scale = scaleOf(panel.unit, largestOf(panel, series));
  return {
    animation: false,
    textStyle: { fontFamily: 'system-ui, sans-serif' },
    // Fixed, so that the charts of a column stand in line.
    grid: { left: axisWidth, right: 18, top: 28, bottom: 24, outerBoundsMode: 'none' },
    tooltip: { trigger: 'axis', confine: true, axisPointer: { lineStyle: { color: theme.faint } }, ...plainBox },
    xAxis: timeAxis(times, theme),
    yAxis: valueAxis(panel, scale, largestOf(panel, series) * scale.factor, theme),
    series: series.map((one, index) => ({
      ...line(one, { times, scale, look: looks[index] as Look, theme, shift: index / series.length }),
      step: panel.kind === 'steps' ? 'end' : false,
      ...(index === 0 && panel.marks && { markLine: markLines(panel.marks, scale, theme) }),
    })),
  };
}

// The page's own style sheet draws the box.
const plainBox = { backgroundColor: 'transparent', borderWidth: 0, padding: 0, extraCssText: 'box-shadow: none' };

function largestOf({ marks = [] }: Panel, series: readonly Series[]): number {
  const marked = marks.map(({ value }) => value * 1.15);
  return [...series.flatMap(({ values }) => values), ...marked].reduce<number>(
    (largest, value) => Math.max(largest, value ?? 0),
    0,
  );
}

function timeAxis(times: readonly number[], { faint, grid }: Theme) {
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  return {
    type: 'time' as const,
    min: first * 1000,
    max: last * 1000,
    splitNumber: 4,
    axisLine: { lineStyle: { color: faint } },
    axisTick: { lineStyle: { color: grid } },
    axisLabel: { color: faint, hideOverlap: true, formatter: timeLabel(last - first) },
  };
}

const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric' });
const minute = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

function timeLabel(seconds: number): (milliseconds: number) => string {
  return (milliseconds) => (seconds > 2 * 86_400 ? day : minute).format(milliseconds);
}

function valueAxis({ unit }: Panel, { name }: Scale, largest: number, { faint, grid }: Theme) {
  return {
    ...{ type: 'value' as const, name, min: 0, ...ticksUpTo(largest, unit) },
    nameTextStyle: { color: faint, align: 'left' as const, padding: [0, 0, 0, 6 - axisWidth] },
    nameGap: 12,
    axisLabel: { color: faint, formatter: formatNumber },
    splitLine: { lineStyle: { color: grid } },
  };
}

// The ends of axes, a little above what they hold, and the numbers of parts in which each is divided.
const ends: readonly (readonly [end: number, parts: number])[] = [
  ...([
    [1, 5],
    [2, 4],
    [3, 3],
    [4, 4],
    [5, 5],
    [6, 3],
    [8, 4],
    [10, 5],
  ] as const),
];

/** Returns the end of an axis that holds a value, in the axis' unit, and the distance of its ticks: both round numbers. */
function ticksUpTo(largest: number, unit: Unit): { max: number; interval: number } {
  // A machine that is busy to a quarter must not look like a full one; a small share must not look like none.
  if (unit === 'ratio' && largest > 25 && largest <= 100) return { max: 100, interval: 25 };
  if (largest <= 0) return { max: 1, interval: 1 };
  const power = 10 ** Math.floor(Math.log10(largest));
  const [end, parts] = ends.find(([multiple]) => multiple * power > largest * 1.02) ?? [12, 4];
  const [max, interval] = [withoutTail(end * power), withoutTail((end * power) / parts)];
  return unit === 'count' ? { max: Math.ceil(max), interval: Math.ceil(interval) } : { max, interval };
}

// Of a binary fraction, such as 0.30000000000000004.
function withoutTail(value: number): number {
  return Number(value.toPrecision(6));
}

interface LineProps {
  times: readonly number[];
  scale: Scale;
  look: Look;
  theme: Theme;
  /** From 0 to 1: lines that run together have their symbols side by side. */
  shift: number;
}

function line({ name, values }: Series, { times, scale, look, theme, shift }: LineProps): LineSeriesOption {
  const color = theme.lines[look.colour] as string;
  const spacing = Math.ceil(values.length / symbolsPerLine);
  const place = Math.floor(spacing * (0.2 + 0.6 * shift));
  const isMarked = (index: number) => index % spacing === place || isAlone(values, index);
  return {
    ...{ type: 'line', name, color, symbolSize: 7 },
    data: values.map((value, index) => ({
      value: [(times[index] as number) * 1000, value === null ? '-' : value * scale.factor],
      symbol: isMarked(index) ? look.symbol : 'none',
    })),
    lineStyle: { color, width: 2, type: look.dash.length > 0 ? [...look.dash] : 'solid' },
    emphasis: { focus: 'series', lineStyle: { width: 3 } },
  };
}

// Between two gaps there is no line to draw.
function isAlone(values: readonly (number | null)[], index: number): boolean {
  return (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
}

function markLines(marks: NonNullable<Panel['marks']>, { factor }: Scale, { ink, paper }: Theme) {
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color: ink, width: 1, type: [3, 3] },
    label: { position: 'insideStartTop' as const, color: ink, textBorderColor: paper, textBorderWidth: 3 },
    data: marks.map(({ value, label }) => ({
      yAxis: value * factor,
      label: { formatter: `${formatNumber(value * factor)} ${label}` },
    })),
  };
}
