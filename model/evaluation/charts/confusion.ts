import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemReturn } from 'echarts';
import { axis, axisLine } from '../../../common/charts/axes.ts';
import { colours, draw } from '../../../common/charts/draw.ts';
import { type ConfusionMatrix, withNeighbours } from '../confusion.ts';
import type { Evaluation } from '../evaluate.ts';

/** The side of a cell: the more intents, the smaller, as long as its number is legible. */
function cellSide(intents: number): number {
  return Math.max(18, Math.min(56, 900 / intents));
}

/** True intents against answers, those that are confused beside each other. */
export function confusionChart({ confusion }: Evaluation): string {
  const shown = withNeighbours(confusion);
  const cells = shown.labels.length * cellSide(shown.labels.length);
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
        ...axis('answer'),
        nameGap: left - 24,
      },
      yAxis: {
        type: 'category',
        data: [...shown.labels],
        inverse: true,
        axisLabel: label,
        axisLine,
        axisTick: axisLine,
        name: 'true',
        nameLocation: 'start',
        nameTextStyle: { color: colours.ink },
      },
      series: [{ type: 'custom', data: cellsOf(shown), renderItem: (_, api) => drawCell(api) }],
      legend: { show: false },
    },
    // Narrower than this, the numbers are illegible: the page scrolls the chart instead.
    { width: cells + left, height: cells + left, narrowest: 0.8 * (cells + left), widest: cells + left },
  );
}

// Column, row, count and share of the row, without empty cells.
function cellsOf({ counts }: ConfusionMatrix): number[][] {
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

// For two category axes ECharts always provides `size`, which returns one number per axis.
function sizeOf({ size }: CustomSeriesRenderItemAPI): [number, number] {
  return size?.([1, 1]) as [number, number];
}

type Cell = [column: number, row: number, count: number, share: number];
