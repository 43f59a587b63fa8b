import type { Panel } from '../panel.ts';

const group = 'Upkeep';
const expiry = 'intent_tls_certificate_expiry_timestamp_seconds';

/** Whether what stands beside the service works: proxy, log shipper, certificate, and the measurements themselves. */
export const upkeepPanels: readonly Panel[] = [
  {
    ...{ id: 'connections', title: 'Connections of nginx', group, unit: 'count' },
    description: 'Open connections of each machine: those of clients, of probes, and the one that measures.',
    queries: [{ legend: '{{instance}}', query: 'sum by (instance) (nginx_connections_active)' }],
  },
  {
    ...{ id: 'logs-behind', title: 'Log shipper behind', group, unit: 'seconds' },
    description: 'The age of the oldest log line of each machine that is not stored yet.',
    queries: [{ legend: '{{instance}}', query: 'max by (instance) (intent_logs_behind_seconds)' }],
  },
  {
    ...{ id: 'log-lines', title: 'Log lines stored', group, unit: 'a minute' },
    description: 'Log lines that machines have stored, by unit.',
    queries: [{ legend: '{{unit}}', query: 'sum by (unit) (rate(intent_logs_shipped_lines_total[$window])) * 60' }],
  },
  {
    ...{ id: 'certificate', title: 'Certificate', group, unit: 'days' },
    description: 'The days until the certificate of each machine expires.',
    queries: [{ legend: '{{instance}}', query: `(min by (instance) (${expiry}) - time()) / 86400` }],
    empty: 'The service answers without TLS.',
  },
  {
    ...{ id: 'silent', title: 'Silent targets', group, unit: 'count', kind: 'steps' },
    description: 'What Prometheus has found and cannot read, by job.',
    queries: [{ legend: '{{job}}', query: 'count by (job) (up == 0)' }],
    empty: 'Every target answers.',
  },
];
