import type { Panel } from '../panel.ts';
import { asked } from '../selectors.ts';

const group = 'Machines';
const legend = '{{instance}}';
const seconds = `rate(intent_http_request_duration_seconds_bucket{${asked}}[$window])`;

/** How many machines serve, and how much of each is in use. */
export const machinePanels: readonly Panel[] = [
  {
    ...{ id: 'machines', title: 'Machines up', group, unit: 'count', kind: 'steps' },
    description: 'Machines of which a worker answers, by release and, during a deployment, track.',
    queries: [
      {
        legend: '{{release}} {{track}}',
        query: 'sum by (release, track) (max by (release, track, instance) (up{job="service"}))',
      },
    ],
  },
  {
    ...{ id: 'requests-by-machine', title: 'Requests by machine', group, unit: 'a minute' },
    description: 'Machines that serve the same release get about as many requests as each other.',
    queries: [{ legend, query: `sum by (instance) (rate(intent_http_requests_total{${asked}}[$window])) * 60` }],
  },
  {
    ...{ id: 'latency-by-machine', title: 'p90 by machine', group, unit: 'seconds' },
    description: 'The time within which each machine answers nine of ten requests: one that is slow alone is ill.',
    queries: [{ legend, query: `histogram_quantile(0.9, sum by (instance, le) (${seconds}))` }],
  },
  {
    ...{ id: 'cpu', title: 'CPU', group, unit: 'ratio' },
    description: "The share of each machine's processors in use.",
    queries: [{ legend, query: '1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[$window]))' }],
  },
  {
    ...{ id: 'memory', title: 'Memory', group, unit: 'ratio' },
    description: "The share of each machine's memory that programs hold.",
    queries: [
      {
        legend,
        query:
          '1 - sum by (instance) (node_memory_MemAvailable_bytes) / sum by (instance) (node_memory_MemTotal_bytes)',
      },
    ],
  },
  {
    ...{ id: 'disk', title: 'Disk', group, unit: 'ratio' },
    description: "The share of each machine's disk in use.",
    queries: [
      {
        legend,
        query:
          '1 - max by (instance) (node_filesystem_avail_bytes{mountpoint="/"}) / max by (instance) (node_filesystem_size_bytes{mountpoint="/"})',
      },
    ],
  },
  {
    ...{ id: 'event-loop', title: 'Event loop', group, unit: 'seconds' },
    description:
      'How late work begins in the busiest worker of each machine, p99; 40 ms is idle, the time between two readings.',
    queries: [{ legend, query: 'max by (instance) (nodejs_eventloop_lag_p99_seconds)' }],
  },
  {
    ...{ id: 'in-flight', title: 'Requests in flight', group, unit: 'count' },
    description: 'Requests that each machine has taken and not yet answered.',
    queries: [{ legend, query: 'sum by (instance) (intent_http_requests_in_flight)' }],
  },
];
