import { axis, axisLine, shareAxis, valueAxis } from '../../common/charts/axes.ts';
import { colours, draw } from '../../common/charts/draw.ts';
import { algorithmNames } from '../../model/algorithm-names.ts';
import type { Importance } from '../importance.ts';
import { type Ranked, scoreOf, type Tried } from '../tried.ts';

const symbols = ['circle', 'rect', 'triangle', 'diamond'] as const;
const series = [colours.first, colours.second, colours.third, colours.ink] as const;

/** A cost of a candidate. */
interface Cost {
  readonly title: string;
  readonly name: string;
  readonly of: (score: NonNullable<Ranked['score']>) => number;
}

const costs = {
  training: {
    title: 'Accuracy by training time',
    name: 'seconds of processor time to learn',
    of: (score) => score.trainSeconds,
  },
  answering: {
    title: 'Accuracy by time for a text',
    name: 'microseconds for a text',
    of: (score) => score.microseconds,
  },
} satisfies Record<string, Cost>;

/** Accuracy by a cost, on a logarithmic axis; what stands above and to the left of another candidate is better in both. */
export function costChart(candidates: readonly Ranked[], cost: keyof typeof costs): string {
  const { title, name, of }: Cost = costs[cost];
  const logarithmic = {
    ...axis(name),
    type: 'log' as const,
    axisLabel: { color: colours.ink },
    splitLine: { show: false },
  };
  return draw(title, {
    xAxis: logarithmic,
    yAxis: { ...shareAxis('accuracy'), scale: true },
    series: algorithmNames.flatMap((algorithm, at) => {
      const data = candidates.flatMap(({ candidate, score, end }) =>
        score && end.outcome === 'finished' && candidate.model.algorithm === algorithm
          ? [[Math.max(of(score), 1e-4), score.accuracy]]
          : [],
      );
      const itemStyle = { color: series[at] as string };
      return data.length === 0
        ? []
        : [
            {
              name: algorithm,
              type: 'scatter' as const,
              data,
              symbol: symbols[at] as string,
              symbolSize: 9,
              itemStyle,
            },
          ];
    }),
  });
}

/** Accuracy by the number of training texts, of the best candidates. */
export function curvesChart(curves: readonly Tried[]): string {
  return draw('Learning curves: accuracy by training texts', {
    xAxis: valueAxis('training texts'),
    yAxis: { ...shareAxis('accuracy'), scale: true },
    series: curves.map(({ results }, at) => ({
      name: `number ${at + 1}`,
      type: 'line' as const,
      data: results.map((result) => [result.learned, scoreOf([result])?.accuracy ?? 0]),
      ...{ symbol: symbols[at] as string, symbolSize: 7 },
      itemStyle: { color: series[at] as string },
      lineStyle: { color: series[at] as string, width: 2 },
    })),
  });
}

/** What the parameters explain. */
export function importanceChart(importances: readonly Importance[]): string {
  const shown = importances.toReversed();
  return draw('Importance of the parameters', {
    grid: { left: 186, right: 24, top: 16, bottom: 52 },
    xAxis: { ...valueAxis('share of the variance of accuracy'), min: 0, max: 1 },
    yAxis: {
      type: 'category',
      data: shown.map(({ parameter }) => parameter),
      axisLabel: { color: colours.ink, interval: 0 },
      axisLine,
      axisTick: axisLine,
    },
    series: [
      {
        type: 'bar',
        data: shown.map(({ share }) => share),
        itemStyle: { color: colours.first },
        barMaxWidth: 18,
      },
    ],
  });
}
