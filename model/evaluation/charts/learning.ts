import { shareAxis, valueAxis } from '../../../common/charts/axes.ts';
import { colours, draw } from '../../../common/charts/draw.ts';
import type { Evaluation } from '../evaluate.ts';
import { band } from './shapes.ts';

/** Accuracy by the number of training examples, with its 95 % interval. */
export function learningChart({ learningCurve }: Evaluation): string {
  const intervals = learningCurve.map(({ examples, interval: [low, high] }) => [examples, low, high] as const);
  return draw('Learning curve: accuracy by training examples', {
    xAxis: valueAxis('training examples'),
    yAxis: { ...shareAxis('accuracy'), max: 1 },
    series: [
      {
        name: '95 % interval',
        type: 'custom',
        data: intervals.slice(0, 1).map((point) => [...point]),
        itemStyle: { color: colours.first, opacity: 0.2 },
        renderItem: (_, api) => band(api, intervals, colours.first),
      },
      {
        name: 'accuracy',
        type: 'line',
        data: learningCurve.map(({ examples, accuracy }) => [examples, accuracy]),
        symbol: 'circle',
        symbolSize: 7,
        itemStyle: { color: colours.first },
        lineStyle: { color: colours.first, width: 2 },
      },
    ],
  });
}
