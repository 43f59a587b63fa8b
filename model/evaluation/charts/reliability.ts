import { axis, percentLabel, shareAxis } from '../../../common/charts/axes.ts';
import { colours, draw } from '../../../common/charts/draw.ts';
import type { Evaluation } from '../evaluate.ts';

/** Accuracy by confidence: the bars of a calibrated model end on the diagonal. */
export function reliabilityChart({ reliability }: Evaluation): string {
  const middles = reliability.map(({ from, to }) => percentLabel((from + to) / 2));
  return draw('Reliability: accuracy by confidence', {
    xAxis: { type: 'category', data: middles, ...axis('confidence'), axisLabel: { color: colours.ink } },
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
