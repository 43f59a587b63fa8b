/** How long answers took, in milliseconds. */
export interface Latencies {
  mean: number;
  p10: number;
  p50: number;
  p90: number;
  p99: number;
  max: number;
}

/** The answers that took a time of a range. */
export interface LatencyBin {
  fromMilliseconds: number;
  toMilliseconds: number;
  count: number;
}

/** The requests that began in a second. */
export interface Second {
  requests: number;
  failures: number;
  /** In milliseconds; null without an answer of status 2xx. */
  p90: number | null;
}

/** How often each of some values occurred. */
export type Counts = Readonly<Record<string, number>>;

/** The figures of a load. */
export interface LoadResult {
  requests: number;
  /** Requests with another outcome than an answer of status 2xx. */
  failures: number;
  /** In how many seconds the requests were sent. */
  seconds: number;
  /** Of the answers of status 2xx; null without any. */
  latencies: Latencies | null;
  latencyBins: LatencyBin[];
  bySecond: Second[];
  /** Requests by the status of their answer, or the code of their error. */
  statuses: Counts;
  /** Answers by the machine and by the release that they name; an empty name is of those that name none. */
  machines: Counts;
  releases: Counts;
  /** Refused requests by the name of the rate limit. */
  limits: Counts;
}
