import { shareAxis, valueAxis } from '../../../common/charts/axes.ts';
import { colours, draw } from '../../../common/charts/draw.ts';
import type { CoveragePoint } from '../coverage.ts';
import type { Evaluation } from '../evaluate.ts';

/** The costs and gains of each threshold. */
export function coverageChart({ coverage, model }: Evaluation): string {
  const curve = (name: string, color: string, type: 'solid' | 'dashed' | 'dotted', key: keyof CoveragePoint) => ({
    name,
    type: 'line' as const,
    data: coverage.map((point) => [point.threshold, point[key]]),
    showSymbol: false,
    symbol: 'circle',
    itemStyle: { color },
    lineStyle: { color, width: 2, type },
  });
  const outOfScope = coverage.some(({ outOfScopeRecall }) => outOfScopeRecall !== null);
  return draw('Coverage against threshold', {
    xAxis: { ...valueAxis('threshold'), max: 1 },
    yAxis: { ...shareAxis('share of texts'), max: 1 },
    series: [
      { ...curve('answered', colours.first, 'solid', 'coverage'), markLine: markThreshold(model.threshold.value) },
      curve('right, of those', colours.second, 'dashed', 'accuracy'),
      ...(outOfScope ? [curve('out of scope found', colours.third, 'dotted', 'outOfScopeRecall')] : []),
    ],
  });
}

function markThreshold(threshold: number) {
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color: colours.faint, type: 'solid' as const },
    label: { color: colours.ink, formatter: `chosen: ${threshold.toFixed(2)}`, position: 'end' as const, distance: 4 },
    data: [{ xAxis: threshold }],
  };
}
