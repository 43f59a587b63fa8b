import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemReturn, EChartsOption } from 'echarts';
import { BarChart, CustomChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type ConfusionMatrix, mostConfused } from './confusion.ts';
import type { Evaluation } from './evaluate.ts';

echarts.use([BarChart, CustomChart, LineChart, GridComponent, LegendComponent, MarkLineComponent, SVGRenderer]);

// Stand-ins that are replaced by the page's CSS variables, so that one drawing is legible in light and dark.
const colours = {
  ink: '#0a0b01',
  faint: '#0a0b02',
  grid: '#0a0b03',
  first: '#0a0b04',
  second: '#0a0b05',
  third: '#0a0b06',
} as const;

const themed = (svg: string): string =>
  Object.entries(colours).reduce((drawn, [name, stand]) => drawn.replaceAll(stand, `var(--${name})`), svg);

/** Draws a chart as an SVG element that takes its colours from the page. */
function draw(title: string, option: EChartsOption, width = 520, height = 320): string {
  const svg = render(width, height, {
    animation: false,
    textStyle: { color: colours.ink, fontFamily: 'system-ui, sans-serif' },
    grid: { left: 64, right: 24, top: 40, bottom: 52 },
    legend: { top: 0, itemGap: 18, borderColor: colours.grid, textStyle: { color: colours.ink } },
    ...option,
  });
  return themed(unscripted(svg)).replace(
    '<svg ',
    `<svg role="img" aria-label="${title}" style="max-width: ${width}px" `,
  );
}

function render(width: number, height: number, option: EChartsOption): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option);
    return chart.renderToSVGString({ useViewBox: true });
  } finally {
    // A chart left open keeps the process alive.
    chart.dispose();
  }
}

// The drawing is static, and nothing leaves its frame: styles, clips and their generated names would differ every time.
const unscripted = (svg: string): string =>
  svg
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ (class|id)="zr[^"]*"/g, '')
    .replace(/<defs[\s\S]*?<\/defs>/g, '')
    .replace(/ (ecmeta_[a-z_]+|clip-path)="[^"]*"/g, '');

const percent = (value: number): string => `${Math.round(value * 100)} %`;

const line = { lineStyle: { color: colours.faint } };

const shareAxis = (name: string) => ({
  axisLine: line,
  axisTick: line,
  type: 'value' as const,
  name,
  nameLocation: 'middle' as const,
  nameGap: 44,
  nameTextStyle: { color: colours.ink },
  axisLabel: { color: colours.ink, formatter: percent },
  splitLine: { lineStyle: { color: colours.grid } },
});

const bottom = (name: string) => ({
  name,
  nameLocation: 'middle' as const,
  axisLine: line,
  axisTick: line,
  nameGap: 30,
  nameTextStyle: { color: colours.ink },
});

/** Confidence against accuracy: a calibrated model's bars end on the diagonal. */
export function reliabilityChart({ reliability }: Evaluation): string {
  const middles = reliability.map(({ from, to }) => percent((from + to) / 2));
  return draw('Reliability: accuracy by confidence', {
    xAxis: { type: 'category', data: middles, ...bottom('confidence'), axisLabel: { color: colours.ink } },
    yAxis: { ...shareAxis('accuracy'), max: 1 },
    series: [
      {
        name: 'accuracy',
        type: 'bar',
        data: reliability.map(({ count, accuracy }) => (count === 0 ? null : accuracy)),
        itemStyle: { color: colours.first },
      },
      {
        name: 'confidence',
        type: 'line',
        data: reliability.map(({ from, to, count, confidence }) => (count === 0 ? (from + to) / 2 : confidence)),
        symbol: 'circle',
        itemStyle: { color: colours.second },
        lineStyle: { color: colours.second, width: 2 },
      },
    ],
  });
}

/** What a threshold costs and gains. */
export function coverageChart({ coverage, model }: Evaluation): string {
  const curve = (name: string, color: string, values: (number | null)[], type: 'solid' | 'dashed' | 'dotted') => ({
    name,
    type: 'line' as const,
    data: values.map((value, index) => [coverage[index]?.threshold ?? 0, value]),
    showSymbol: false,
    symbol: 'circle',
    itemStyle: { color },
    lineStyle: { color, width: 2, type },
  });
  const outOfScope = coverage.some(({ outOfScopeRecall }) => outOfScopeRecall !== null);
  const answered = curve(
    'answered',
    colours.first,
    coverage.map((point) => point.coverage),
    'solid',
  );
  return draw('Coverage against threshold', {
    xAxis: {
      type: 'value',
      max: 1,
      ...bottom('threshold'),
      axisLabel: { color: colours.ink },
      splitLine: { show: false },
    },
    yAxis: { ...shareAxis('share of texts'), max: 1 },
    series: [
      { ...answered, markLine: chosen(model.threshold.value) },
      curve(
        'right, of those answered',
        colours.second,
        coverage.map((point) => point.accuracy),
        'dashed',
      ),
      ...(outOfScope
        ? [
            curve(
              'out of scope turned unknown',
              colours.third,
              coverage.map((point) => point.outOfScopeRecall),
              'dotted',
            ),
          ]
        : []),
    ],
  });
}

const chosen = (threshold: number) => ({
  silent: true,
  symbol: 'none',
  lineStyle: { color: colours.faint, type: 'solid' as const },
  label: { color: colours.ink, formatter: `chosen: ${threshold.toFixed(2)}`, position: 'insideEndTop' as const },
  data: [{ xAxis: threshold }],
});

/** Accuracy by the number of training examples, with its 95 % interval. */
export function learningChart({ learningCurve }: Evaluation): string {
  const spread = learningCurve.map(({ examples, interval: [low, high] }) => [examples, low, high]);
  return draw('Learning curve: accuracy by training examples', {
    xAxis: {
      type: 'value',
      ...bottom('training examples'),
      axisLabel: { color: colours.ink },
      splitLine: { show: false },
    },
    yAxis: { ...shareAxis('accuracy'), scale: true },
    series: [
      {
        name: 'accuracy',
        type: 'line',
        data: learningCurve.map(({ examples, accuracy }) => [examples, accuracy]),
        symbol: 'circle',
        symbolSize: 7,
        itemStyle: { color: colours.first },
        lineStyle: { color: colours.first, width: 2 },
      },
      {
        name: '95 % interval',
        type: 'custom',
        data: spread,
        itemStyle: { color: colours.faint },
        renderItem: (_, api) => ({
          type: 'line',
          shape: whisker(api.coord([api.value(0), api.value(1)]), api.coord([api.value(0), api.value(2)])),
          style: { stroke: colours.first, lineWidth: 1.5, opacity: 0.6 },
        }),
      },
    ],
  });
}

const whisker = ([x1 = 0, y1 = 0]: number[], [x2 = 0, y2 = 0]: number[]) => ({ x1, y1, x2, y2 });

/** Of more intents than this, the confusion matrix shows those with the most mistakes. */
export const MOST_LABELS = 25;

/** True intents against answers; of many intents, those with the most mistakes. */
export function confusionChart({ confusion }: Evaluation): string {
  const shown = confusion.labels.length > MOST_LABELS ? mostConfused(confusion, MOST_LABELS) : confusion;
  const size = Math.max(360, shown.labels.length * 30);
  const left = 24 + 7 * Math.max(...shown.labels.map((label) => label.length));
  const label = { color: colours.ink, interval: 0 };
  return draw(
    'Confusion matrix',
    {
      grid: { left: left + 16, right: 16, top: 16, bottom: left },
      xAxis: {
        type: 'category',
        data: [...shown.labels],
        axisLabel: { ...label, rotate: 90 },
        ...bottom('answer'),
        nameGap: left - 24,
      },
      yAxis: {
        type: 'category',
        data: [...shown.labels],
        inverse: true,
        axisLabel: label,
        axisLine: line,
        axisTick: line,
        name: 'true',
        nameLocation: 'start',
        nameTextStyle: { color: colours.ink },
      },
      series: [{ type: 'custom', data: cells(shown), renderItem: (_, api) => drawCell(api) }],
      legend: { show: false },
    },
    size + left,
    size + left,
  );
}

// Column, row, count and share of the row; only what happened is drawn.
function cells({ counts }: ConfusionMatrix): number[][] {
  return counts.flatMap((row, y) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.flatMap((count, x) => (count === 0 ? [] : [[x, y, count, count / total]]));
  });
}

function drawCell(api: CustomSeriesRenderItemAPI): CustomSeriesRenderItemReturn {
  const [column, row, count, share] = [0, 1, 2, 3].map((dimension) => Number(api.value(dimension))) as Cell;
  const [x = 0, y = 0] = api.coord([column, row]);
  const [width, height] = sizeOf(api);
  const fill = column === row ? colours.first : colours.second;
  const shape = { x: x - width / 2 + 1, y: y - height / 2 + 1, width: width - 2, height: height - 2 };
  const text = { text: String(count), x, y, fill: colours.ink, align: 'center', verticalAlign: 'middle' } as const;
  return {
    type: 'group',
    children: [
      { type: 'rect', shape, style: { fill, opacity: 0.15 + 0.6 * share } },
      { type: 'text', style: text },
    ],
  };
}

// On a plane of two categories ECharts always offers a size, and as one number per axis.
const sizeOf = ({ size }: CustomSeriesRenderItemAPI): [number, number] => size?.([1, 1]) as [number, number];

type Cell = [column: number, row: number, count: number, share: number];
