import type { AlertingRule } from '../rule.ts';
import type { Thresholds } from '../thresholds.ts';

const root = '{mountpoint="/"}';

/** Alerts for what runs out: processors, workers, memory, disk. */
export function saturationAlerts(thresholds: Thresholds): AlertingRule[] {
  return [...workAlerts(thresholds), ...spaceAlerts(thresholds)];
}

function workAlerts({ cpuPercent, eventLoopMilliseconds, requestsInFlight }: Thresholds): AlertingRule[] {
  return [
    {
      ...{ alert: 'CpuBusy', for: '10m', labels: { severity: 'warning' } },
      expr: `100 * (1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m]))) > ${cpuPercent}`,
      annotations: {
        summary: 'The processors of {{ $labels.instance }} are busy to {{ $value | printf "%.0f" }} %',
        description: `More than ${cpuPercent} % are in use. Scaling should have added a machine: see whether fleet.size.max is reached, and raise it, or lower fleet.cpuTargetPercent.`,
      },
    },
    {
      ...{ alert: 'EventLoopLate', for: '5m', labels: { severity: 'warning' } },
      expr: `max by (instance) (nodejs_eventloop_lag_p99_seconds) > ${eventLoopMilliseconds / 1000}`,
      annotations: {
        summary: 'A worker of {{ $labels.instance }} is late by {{ $value | humanizeDuration }}',
        description: `Requests wait for a busy worker, more than ${eventLoopMilliseconds} ms at p99, whatever the CPU of the machine says. Long texts and large batches do this: lower the limits of the service, or add machines.`,
      },
    },
    {
      ...{ alert: 'RequestsPile', for: '5m', labels: { severity: 'warning' } },
      expr: `sum by (instance) (intent_http_requests_in_flight) > ${requestsInFlight}`,
      annotations: {
        summary: '{{ $value }} requests wait on {{ $labels.instance }}',
        description: `More than ${requestsInFlight} are in flight: the machine takes more than it answers; soon it refuses with 503. Raise fleet.size.max, or set fleet.requestsPerMachine so that scaling counts requests.`,
      },
    },
  ];
}

function spaceAlerts({ memoryPercent, diskPercent }: Thresholds): AlertingRule[] {
  const memory = 'sum by (instance) (node_memory_MemAvailable_bytes) / sum by (instance) (node_memory_MemTotal_bytes)';
  const disk = `max by (instance) (node_filesystem_avail_bytes${root}) / max by (instance) (node_filesystem_size_bytes${root})`;
  return [
    {
      ...{ alert: 'MemoryFull', for: '5m', labels: { severity: 'warning' } },
      expr: `100 * (1 - ${memory}) > ${memoryPercent}`,
      annotations: {
        summary: 'The memory of {{ $labels.instance }} is full to {{ $value | printf "%.0f" }} %',
        description: `More than ${memoryPercent} % are in use; the kernel ends a program when none is left. Fewer service.workers, a smaller model, or a larger fleet.instanceType help.`,
      },
    },
    {
      ...{ alert: 'DiskFull', for: '5m', labels: { severity: 'warning' } },
      expr: `100 * (1 - ${disk}) > ${diskPercent}`,
      annotations: {
        summary: 'The disk of {{ $labels.instance }} is full to {{ $value | printf "%.0f" }} %',
        description: `More than ${diskPercent} % are in use; a full disk stops logs and deployments. Raise fleet.diskGigabytes; a replaced machine begins with an empty disk.`,
      },
    },
  ];
}
