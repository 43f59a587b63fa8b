import type { LoadResult } from '../../load/result.ts';

/** The figures of ten requests in five seconds, of which four failed. */
export const result: LoadResult = {
  requests: 10,
  failures: 4,
  seconds: 5,
  latencies: { mean: 12.345, p10: 1.234, p50: 5.5, p90: 98.76, p99: 123.4, max: 1234.5 },
  latencyBins: [
    { fromMilliseconds: 1, toMilliseconds: 1.26, count: 4 },
    { fromMilliseconds: 1.26, toMilliseconds: 1.58, count: 0 },
    { fromMilliseconds: 1.58, toMilliseconds: 2, count: 2 },
  ],
  bySecond: [
    { requests: 6, failures: 1, p90: 5 },
    { requests: 0, failures: 0, p90: null },
    { requests: 3, failures: 3, p90: null },
    { requests: 1, failures: 0, p90: 98.76 },
    { requests: 0, failures: 0, p90: null },
  ],
  statuses: { '200': 6, '429': 2, '503': 1, ECONNRESET: 1 },
  machines: { '': 1, 'i-1': 5, 'i-2': 3 },
  releases: { '': 1, '0123456789abcdef': 8 },
  limits: { machine: 1, requests: 1 },
};

/** The figures of a load that was interrupted before its first request. */
export const nothing: LoadResult = {
  ...{ requests: 0, failures: 0, seconds: 0, latencies: null, latencyBins: [], bySecond: [] },
  ...{ statuses: {}, machines: {}, releases: {}, limits: {} },
};
