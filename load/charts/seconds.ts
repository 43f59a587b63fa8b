import { valueAxis } from '../../common/charts/axes.ts';
import { colours, draw } from '../../common/charts/draw.ts';
import type { LoadResult, Second } from '../result.ts';

/** Requests of each second and those of them that failed. */
export function requestsChart({ bySecond }: LoadResult): string {
  return draw('Requests by second', {
    ...axes('requests a second'),
    series: [
      line('requests', colours.first, 'solid', bySecond, ({ requests }) => requests),
      line('failed', colours.second, 'dashed', bySecond, ({ failures }) => failures),
    ],
  });
}

/** The time within which nine of ten requests of each second were answered. */
export function latencyBySecondChart({ bySecond }: LoadResult): string {
  return draw('p90 by second', {
    ...axes('p90, ms'),
    series: [line('p90', colours.first, 'solid', bySecond, ({ p90 }) => p90)],
    legend: { show: false },
  });
}

function axes(name: string) {
  const grid = { lineStyle: { color: colours.grid } };
  return {
    xAxis: { ...valueAxis('seconds since the start'), minInterval: 1 },
    yAxis: { ...valueAxis(name), nameGap: 44, min: 0, splitLine: grid },
  };
}

function line(
  name: string,
  color: string,
  type: 'solid' | 'dashed',
  seconds: readonly Second[],
  value: (second: Second) => number | null,
) {
  return {
    ...{ name, type: 'line' as const, symbol: 'circle' },
    data: seconds.map((second, index) => [index, value(second)]),
    // A single second has no line.
    showSymbol: seconds.length === 1,
    itemStyle: { color },
    lineStyle: { color, width: 2, type },
  };
}
