import type { Panel } from '../panel.ts';
import { asked } from '../selectors.ts';

const group = 'Traffic';
const rate = (labels: string) => `rate(intent_http_requests_total{${labels}}[$window])`;
const seconds = (part: string) => `rate(intent_http_request_duration_seconds_${part}{${asked}}[$window])`;
const quantile = (share: number) => `histogram_quantile(${share}, sum by (le) (${seconds('bucket')}))`;
const refused = (reason: string) => `intent_http_requests_rejected_total{reason="${reason}"}`;
// A counter without an increment has no series yet; where requests are counted, that is a zero.
const orZero = `or 0 * sum(${rate(asked)})`;

/** How much is asked, how fast it is answered, and what fails. */
export const trafficPanels: readonly Panel[] = [
  {
    ...{ id: 'requests', title: 'Requests', group, unit: 'a minute' },
    description: 'Requests that the service answers, without probes; what nginx refuses never reaches it.',
    queries: [{ legend: 'all machines', query: `sum(${rate(asked)}) * 60` }],
  },
  {
    ...{ id: 'latency', title: 'Time to answer', group, unit: 'seconds' },
    description:
      'The mean, and the times within which 10, 90 and 99 of a hundred requests are answered, without probes.',
    queries: [
      { legend: 'p99', query: quantile(0.99) },
      { legend: 'p90', query: quantile(0.9) },
      { legend: 'mean', query: `sum(${seconds('sum')}) / sum(${seconds('count')})` },
      { legend: 'p10', query: quantile(0.1) },
    ],
  },
  {
    ...{ id: 'errors', title: 'Errors by status', group, unit: 'a minute' },
    description: 'Answers of status 4xx, which clients cause, and 5xx, which the service causes; 499: the client left.',
    queries: [{ legend: '{{status}}', query: `sum by (status) (${rate(`${asked},status=~"[45].."`)}) * 60` }],
    empty: 'No answer had an error status.',
  },
  {
    ...{ id: 'error-share', title: 'Share of failures', group, unit: 'ratio' },
    description: 'The share of requests that are answered with a status of 5xx.',
    queries: [
      {
        legend: '5xx',
        query: `(sum(${rate(`${asked},status=~"5.."`)}) ${orZero}) / sum(${rate(asked)})`,
      },
    ],
  },
  {
    ...{ id: 'rate-limited', title: 'Refused by a limit', group, unit: 'a minute' },
    description:
      'Requests that the service refuses: 429 for clients that ask too often, 503 for more than it can queue.',
    queries: [
      { legend: 'rate limited', query: `sum(rate(${refused('rate_limit')}[$window])) * 60 ${orZero}` },
      { legend: 'overloaded', query: `sum(rate(${refused('overload')}[$window])) * 60 ${orZero}` },
    ],
  },
  {
    ...{ id: 'routes', title: 'Requests by route', group, unit: 'a minute' },
    description: 'What clients call; unknown are paths that the service does not have.',
    queries: [{ legend: '{{route}}', query: `sum by (route) (${rate(asked)}) * 60` }],
  },
];
