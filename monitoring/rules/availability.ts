import type { AlertingRule } from '../rule.ts';

const answering = 'by (instance) (up{job="service"})';

/** Alerts for what does not answer, and for what Prometheus does not see. */
export const availabilityAlerts: readonly AlertingRule[] = [
  {
    ...{ alert: 'NoMachineServes', for: '1m', labels: { severity: 'critical' } },
    expr: 'sum(up{job="service"}) == 0',
    annotations: {
      summary: 'No machine serves',
      description:
        'None of the workers that Prometheus knows answers. make status shows the machines; make logs UNIT=service MATCH=error says why workers end. After a deployment, go back to the release before it.',
    },
  },
  {
    ...{ alert: 'NoTargets', for: '3m', labels: { severity: 'critical' } },
    expr: 'absent(up{job="service"})',
    annotations: {
      summary: 'Prometheus finds no machine',
      description:
        'The discovery of machines has no target: all other alerts of machines are blind. make status shows whether there are machines; if so, see whether the monitoring machine may call ec2:DescribeInstances, and the discovery page of Prometheus.',
    },
  },
  {
    ...{ alert: 'DiscoveryFails', for: '10m', labels: { severity: 'warning' } },
    // Prometheus keeps what it has found last: without this alert, a machine that has booted since is missing, and nothing says so.
    expr: 'increase(prometheus_sd_refresh_failures_total[5m]) > 0',
    annotations: {
      summary: 'Prometheus does not see machines that boot',
      description:
        'The discovery by {{ $labels.mechanism }} fails; Prometheus goes on reading the machines that it has found before. make logs UNIT=system MATCH=discovery shows the error: permissions, throttling, or no network.',
    },
  },
  {
    ...{ alert: 'MachineDown', for: '3m', labels: { severity: 'warning' } },
    expr: `max ${answering} == 0`,
    annotations: {
      summary: 'Machine {{ $labels.instance }} is down',
      description:
        'No worker of this machine answers; its group replaces it when its health checks fail, too. make logs MACHINE={{ $labels.instance }} says what it did last.',
    },
  },
  {
    ...{ alert: 'WorkerDown', for: '3m', labels: { severity: 'warning' } },
    expr: `up{job="service"} == 0 and on (instance) (max ${answering} == 1)`,
    annotations: {
      summary: 'A worker of {{ $labels.instance }} is down',
      description:
        'Worker {{ $labels.worker }} does not answer while others of its machine do. make logs MACHINE={{ $labels.instance }} UNIT=service says why it ends or does not start.',
    },
  },
  {
    ...{ alert: 'TargetDown', for: '5m', labels: { severity: 'warning' } },
    expr: 'up{job!="service"} == 0',
    annotations: {
      summary: 'The {{ $labels.job }} metrics of {{ $labels.instance }} are missing',
      description:
        'Prometheus cannot read them, and alerts that need them are blind. make logs MACHINE={{ $labels.instance }} UNIT=system MATCH=exporter shows whether the exporter runs.',
    },
  },
  {
    ...{ alert: 'RulesFail', for: '5m', labels: { severity: 'warning' } },
    expr: 'increase(prometheus_rule_evaluation_failures_total[5m]) > 0',
    annotations: {
      summary: 'Prometheus cannot evaluate rules',
      description:
        'Alerts of the group {{ $labels.rule_group }} may not ring. The rules page of Prometheus names the rule and the error.',
    },
  },
];
