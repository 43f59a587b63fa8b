import test from 'ava';
import { type MonitoringVariablesInput, parseMonitoringVariables } from '../../bootstrap/monitoring-variables.ts';
import { logVariables } from './log-variables.ts';

const valid: MonitoringVariablesInput = {
  network: { cidr: '10.20.0.0/16' },
  logs: logVariables,
  cloud: { region: 'eu-central-1' },
  fleet: { name: 'intent-fleet', workers: [8081] },
  thresholds: { errorPercent: 5, p90Milliseconds: 500 },
  prometheus: { scrapeSeconds: 15, retentionDays: 15, retentionGigabytes: 4 },
};

test('variables of the monitoring machine are as they are', (t) => {
  t.deepEqual(parseMonitoringVariables(valid) as MonitoringVariablesInput, valid);
});

test('what could break the configuration of Prometheus is refused with its place', (t) => {
  const input = {
    ...valid,
    cloud: { region: 'eu-central-1', endpoint: "http://x'" },
    fleet: { name: "a'b", workers: [] },
    prometheus: {
      ...{ ...valid.prometheus, scrapeSeconds: 0, alertmanager: 'a b' },
      remoteWrite: { url: "https://aps.example.com/'", region: 'eu-west-1' },
    },
    nginx: {},
  };
  t.throws(() => parseMonitoringVariables(input), {
    name: 'VariablesError',
    message: [
      'Invalid variables of the monitoring machine:',
      `  cloud.endpoint: expected an address without characters to escape, got "http://x'"`,
      `  fleet.name: expected letters, digits, hyphens and underscores, got "a'b"`,
      '  fleet.workers: expected at least 1, got []',
      '  prometheus.scrapeSeconds: expected at least 1, got 0',
      '  prometheus.alertmanager: expected an address such as alerts.example.com:9093, got "a b"',
      `  prometheus.remoteWrite.url: expected an address without characters to escape, got "https://aps.example.com/'"`,
      '  nginx: unknown key',
    ].join('\n'),
  });
});
