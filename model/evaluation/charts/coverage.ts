import { horizontalShareAxis, shareAxis } from '../../../common/charts/axes.ts';
import { colours, draw } from '../../../common/charts/draw.ts';
import type { CoveragePoint } from '../coverage.ts';
import type { Evaluation } from '../evaluate.ts';

/** What a higher threshold gains for the texts that it leaves without an answer. */
export function coverageChart({ coverage, metrics }: Evaluation): string {
  const curve = (name: string, color: string, type: 'solid' | 'dashed', key: 'accuracy' | 'outOfScopeRecall') => ({
    name,
    type: 'line' as const,
    data: coverage.map((point: CoveragePoint) => [point.coverage, point[key]]),
    showSymbol: false,
    symbol: 'circle',
    itemStyle: { color },
    lineStyle: { color, width: 2, type },
  });
  const outOfScope = coverage.some(({ outOfScopeRecall }) => outOfScopeRecall !== null);
  const rightOfAnswered = metrics.coverage === 0 ? 1 : metrics.answeredRight / metrics.coverage;
  return draw('Coverage: what is right of the share that is answered', {
    xAxis: horizontalShareAxis('answered texts'),
    yAxis: { ...shareAxis('share'), max: 1 },
    series: [
      curve('right, of those', colours.first, 'solid', 'accuracy'),
      ...(outOfScope ? [curve('out of scope found', colours.third, 'dashed', 'outOfScopeRecall')] : []),
      {
        name: 'chosen threshold',
        type: 'scatter',
        data: [[metrics.coverage, rightOfAnswered]],
        symbol: 'circle',
        symbolSize: 11,
        itemStyle: { color: colours.second },
      },
    ],
  });
}
