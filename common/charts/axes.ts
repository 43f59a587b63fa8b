import { colours } from './draw.ts';

/** Formats a share as a whole number of percent. */
export function percentLabel(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** The style of an axis line and of its ticks. */
export const axisLine = { lineStyle: { color: colours.faint } };

/** A vertical axis of shares. */
export function shareAxis(name: string) {
  return {
    ...axis(name, 44),
    type: 'value' as const,
    axisLabel: { color: colours.ink, formatter: percentLabel },
    splitLine: { lineStyle: { color: colours.grid } },
  };
}

/** A horizontal axis of shares, from 0 to 100 %. */
export function horizontalShareAxis(name: string) {
  return { ...valueAxis(name), min: 0, max: 1, axisLabel: { color: colours.ink, formatter: percentLabel } };
}

/** A horizontal axis of numbers. */
export function valueAxis(name: string) {
  return { ...axis(name), type: 'value' as const, axisLabel: { color: colours.ink }, splitLine: { show: false } };
}

/** The name and lines of an axis. */
export function axis(name: string, nameGap = 30) {
  return {
    name,
    nameLocation: 'middle' as const,
    nameGap,
    nameTextStyle: { color: colours.ink },
    axisLine,
    axisTick: axisLine,
  };
}
