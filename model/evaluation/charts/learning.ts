import { shareAxis, valueAxis } from '../../../common/charts/axes.ts';
import { colours, draw } from '../../../common/charts/draw.ts';
import type { Evaluation } from '../evaluate.ts';

/** Accuracy by the number of training examples, with its 95 % interval. */
export function learningChart({ learningCurve }: Evaluation): string {
  return draw('Learning curve: accuracy by training examples', {
    xAxis: valueAxis('training examples'),
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
        data: learningCurve.map(({ examples, interval }) => [examples, ...interval]),
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

function whisker([x1 = 0, y1 = 0]: number[], [x2 = 0, y2 = 0]: number[]) {
  return { x1, y1, x2, y2 };
}
