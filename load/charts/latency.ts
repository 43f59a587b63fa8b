import { axis, valueAxis } from '../../common/charts/axes.ts';
import { colours, draw } from '../../common/charts/draw.ts';
import type { LoadResult } from '../result.ts';
import { formatMilliseconds } from '../tables.ts';

/** How many answers took how long; the ranges grow with the time. */
export function latencyChart({ latencyBins }: LoadResult): string {
  return draw('Answers by their time', {
    xAxis: {
      type: 'category',
      data: latencyBins.map(({ fromMilliseconds }) => formatMilliseconds(fromMilliseconds)),
      ...axis('from … ms'),
      axisLabel: { color: colours.ink },
    },
    yAxis: { ...valueAxis('answers'), nameGap: 44, minInterval: 1, splitLine: { lineStyle: { color: colours.grid } } },
    series: [
      {
        type: 'bar',
        data: latencyBins.map(({ count }) => count),
        barCategoryGap: '8%',
        itemStyle: { color: colours.first },
      },
    ],
    legend: { show: false },
  });
}
