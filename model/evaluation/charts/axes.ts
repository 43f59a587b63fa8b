import { colours } from './draw.ts';

/** A share as a whole number of percent. */
export const percent = (value: number): string => `${Math.round(value * 100)} %`;

/** The line and ticks of an axis. */
export const line = { lineStyle: { color: colours.faint } };

/** A vertical axis of shares. */
export const shareAxis = (name: string) => ({
  axisLine: line,
  axisTick: line,
  type: 'value' as const,
  name,
  nameLocation: 'middle' as const,
  nameGap: 44,
  nameTextStyle: { color: colours.ink },
  axisLabel: { color: colours.ink, formatter: percent },
  splitLine: { lineStyle: { color: colours.grid } },
});

/** The name and lines of a horizontal axis. */
export const bottom = (name: string) => ({
  name,
  nameLocation: 'middle' as const,
  axisLine: line,
  axisTick: line,
  nameGap: 30,
  nameTextStyle: { color: colours.ink },
});
