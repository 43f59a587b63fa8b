import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemReturn } from 'echarts';

/** A bar of a histogram: its dimensions are where it begins and ends, and its height. */
export function bar(api: CustomSeriesRenderItemAPI, fill: string): CustomSeriesRenderItemReturn {
  const [left = 0, top = 0] = api.coord([api.value(0), api.value(2)]);
  const [right = 0, bottom = 0] = api.coord([api.value(1), 0]);
  const shape = { x: left + 0.5, y: top, width: right - left - 1, height: bottom - top };
  return { type: 'rect', shape, style: { fill } };
}

/** A vertical line: its dimensions are where it stands, and its two ends. */
export function segment(api: CustomSeriesRenderItemAPI, stroke: string): CustomSeriesRenderItemReturn {
  const [x1 = 0, y1 = 0] = api.coord([api.value(0), api.value(1)]);
  const [x2 = 0, y2 = 0] = api.coord([api.value(0), api.value(2)]);
  return { type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke, lineWidth: 1.5 } };
}

/** The area between two curves: each point is a place, and the heights of both curves there. */
export function band(
  api: CustomSeriesRenderItemAPI,
  points: readonly (readonly [x: number, low: number, high: number])[],
  fill: string,
): CustomSeriesRenderItemReturn {
  const upper = points.map(([x, , high]) => api.coord([x, high]));
  const lower = points.map(([x, low]) => api.coord([x, low])).reverse();
  return { type: 'polygon', shape: { points: [...upper, ...lower] }, style: { fill, opacity: 0.2 } };
}
