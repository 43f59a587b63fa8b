import type { Evaluation } from '../evaluate.ts';
import { bottom, shareAxis } from './axes.ts';
import { colours, draw } from './draw.ts';

/** What a threshold costs and gains. */
export function coverageChart({ coverage, model }: Evaluation): string {
  const curve = (name: string, color: string, values: (number | null)[], type: 'solid' | 'dashed' | 'dotted') => ({
    name,
    type: 'line' as const,
    data: values.map((value, index) => [coverage[index]?.threshold ?? 0, value]),
    showSymbol: false,
    symbol: 'circle',
    itemStyle: { color },
    lineStyle: { color, width: 2, type },
  });
  const outOfScope = coverage.some(({ outOfScopeRecall }) => outOfScopeRecall !== null);
  const answered = curve(
    'answered',
    colours.first,
    coverage.map((point) => point.coverage),
    'solid',
  );
  return draw('Coverage against threshold', {
    xAxis: {
      type: 'value',
      max: 1,
      ...bottom('threshold'),
      axisLabel: { color: colours.ink },
      splitLine: { show: false },
    },
    yAxis: { ...shareAxis('share of texts'), max: 1 },
    series: [
      { ...answered, markLine: chosen(model.threshold.value) },
      curve(
        'right, of those',
        colours.second,
        coverage.map((point) => point.accuracy),
        'dashed',
      ),
      ...(outOfScope
        ? [
            curve(
              'out of scope found',
              colours.third,
              coverage.map((point) => point.outOfScopeRecall),
              'dotted',
            ),
          ]
        : []),
    ],
  });
}

const chosen = (threshold: number) => ({
  silent: true,
  symbol: 'none',
  lineStyle: { color: colours.faint, type: 'solid' as const },
  label: { color: colours.ink, formatter: `chosen: ${threshold.toFixed(2)}`, position: 'end' as const, distance: 4 },
  data: [{ xAxis: threshold }],
});
