import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemReturn } from 'echarts';
import { type ConfusionMatrix, mostConfused } from '../confusion.ts';
import type { Evaluation } from '../evaluate.ts';
import { bottom, line } from './axes.ts';
import { colours, draw } from './draw.ts';

/** Of more intents than this, the confusion matrix shows those with the most mistakes. */
export const MOST_LABELS = 25;

/** True intents against answers; of many intents, those with the most mistakes. */
export function confusionChart({ confusion }: Evaluation): string {
  const shown = confusion.labels.length > MOST_LABELS ? mostConfused(confusion, MOST_LABELS) : confusion;
  const cells = Math.max(300, shown.labels.length * 30);
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
      series: [{ type: 'custom', data: cellsOf(shown), renderItem: (_, api) => drawCell(api) }],
      legend: { show: false },
    },
    // Below this its numbers could not be read: the page scrolls it instead.
    { width: cells + left, height: cells + left, narrowest: 0.8 * (cells + left), widest: cells + left },
  );
}

// Column, row, count and share of the row; only what happened is drawn.
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

// On a plane of two categories ECharts always offers a size, and as one number per axis.
const sizeOf = ({ size }: CustomSeriesRenderItemAPI): [number, number] => size?.([1, 1]) as [number, number];

type Cell = [column: number, row: number, count: number, share: number];
