import type { Evaluation } from '../evaluate.ts';
import { bottom, percent, shareAxis } from './axes.ts';
import { colours, draw } from './draw.ts';

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
