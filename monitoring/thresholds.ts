/** From where on alerts ring. */
export interface Thresholds {
  /** The share of requests that are answered with a status from 500. */
  errorPercent: number;
  /** The time within which nine of ten requests are answered. */
  p90Milliseconds: number;
  /** Shares and percentiles of fewer requests a minute do not count. */
  leastRequestsPerMinute: number;
  /** Of each machine's processors, in use. */
  cpuPercent: number;
  /** Of each machine's memory, in use. */
  memoryPercent: number;
  /** Of each machine's disk, in use. */
  diskPercent: number;
  /** The delay of the event loop, p99, in the busiest worker of a machine. */
  eventLoopMilliseconds: number;
  /** Requests that a machine has taken and not answered. */
  requestsInFlight: number;
  /** Days until the served certificate expires. */
  certificateDays: number;
  /** The age of the oldest log line that is not stored. */
  logsBehindSeconds: number;
  /** The population stability index of an hour; by convention, more than 0.25 is a shift that calls for action. */
  driftIndex: number;
  /** Hours with fewer predictions have no index. */
  leastPredictions: number;
}

/** The thresholds that a stage need not name. */
export const defaultThresholds: Thresholds = {
  errorPercent: 5,
  p90Milliseconds: 500,
  leastRequestsPerMinute: 20,
  cpuPercent: 90,
  memoryPercent: 90,
  diskPercent: 85,
  eventLoopMilliseconds: 200,
  requestsInFlight: 200,
  certificateDays: 14,
  logsBehindSeconds: 300,
  driftIndex: 0.25,
  leastPredictions: 500,
};
