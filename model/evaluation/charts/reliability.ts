import type { CustomSeriesRenderItemAPI } from 'echarts';
import { horizontalShareAxis, shareAxis } from '../../../common/charts/axes.ts';
import { colours, draw } from '../../../common/charts/draw.ts';
import { wilson } from '../../../common/wilson.ts';
import type { Evaluation } from '../evaluate.ts';
import type { Bin } from '../metrics.ts';
import { bar, segment } from './shapes.ts';

const size = { width: 420, height: 360, narrowest: 0, widest: 540 };

/** Accuracy by confidence, with its 95 % interval: the bars of a calibrated model end on the diagonal. Below it, how many texts. */
export function reliabilityChart({ reliability }: Evaluation): string {
  const bins = reliability.filter(({ count }) => count > 0);
  const confidence = horizontalShareAxis('confidence');
  const texts = { ...shareAxis('texts'), axisLabel: { color: colours.ink }, minInterval: 1, splitNumber: 2 };
  const plot = { left: 64, right: 24, outerBoundsMode: 'none' as const };
  return draw(
    'Reliability: accuracy by confidence, and the number of texts',
    {
      grid: [
        { ...plot, top: 40, height: 170 },
        { ...plot, top: 232, height: 76 },
      ],
      xAxis: [
        { ...confidence, name: '', axisLabel: { show: false } },
        { ...confidence, gridIndex: 1 },
      ],
      yAxis: [
        { ...shareAxis('accuracy'), max: 1 },
        { ...texts, gridIndex: 1 },
      ],
      series: [...accuracies(bins), counts(bins)],
      legend: {
        data: ['accuracy', '95 % interval', 'calibrated'],
        top: 0,
        itemGap: 14,
        borderColor: colours.grid,
        textStyle: { color: colours.ink },
      },
    },
    size,
  );
}

function accuracies(bins: readonly Bin[]) {
  return [
    {
      name: 'accuracy',
      type: 'custom' as const,
      data: bins.map(({ from, to, accuracy }) => [from, to, accuracy]),
      encode: { x: [0, 1], y: 2 },
      itemStyle: { color: colours.first },
      renderItem: (_: unknown, api: CustomSeriesRenderItemAPI) => bar(api, colours.first),
    },
    {
      name: '95 % interval',
      type: 'custom' as const,
      data: bins.map((bin) => [(bin.from + bin.to) / 2, ...intervalOf(bin)]),
      itemStyle: { color: colours.ink },
      renderItem: (_: unknown, api: CustomSeriesRenderItemAPI) => segment(api, colours.ink),
    },
    {
      name: 'calibrated',
      type: 'line' as const,
      data: [
        [0, 0],
        [1, 1],
      ],
      showSymbol: false,
      symbol: 'circle',
      itemStyle: { color: colours.second },
      lineStyle: { color: colours.second, width: 2, type: 'dashed' as const },
    },
  ];
}

function counts(bins: readonly Bin[]) {
  return {
    name: 'texts',
    type: 'custom' as const,
    ...{ xAxisIndex: 1, yAxisIndex: 1 },
    data: bins.map(({ from, to, count }) => [from, to, count]),
    encode: { x: [0, 1], y: 2 },
    itemStyle: { color: colours.faint },
    renderItem: (_: unknown, api: CustomSeriesRenderItemAPI) => bar(api, colours.faint),
  };
}

function intervalOf({ accuracy, count }: Bin): [number, number] {
  return wilson(Math.round(accuracy * count), count);
}
