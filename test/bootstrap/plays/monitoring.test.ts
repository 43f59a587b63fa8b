import { readFile } from 'node:fs/promises';
import test from 'ava';
import { type MonitoringVariablesInput, parseMonitoringVariables } from '../../../bootstrap/monitoring-variables.ts';
import { monitoringPlay } from '../../../bootstrap/plays/monitoring.ts';
import type { MonitoringManifest, ReleaseOnDisk } from '../../../bootstrap/release.ts';
import { rulesFile } from '../../../monitoring/rules.ts';
import { expected } from '../expected.ts';
import { logVariables } from '../log-variables.ts';
import { testMachine } from '../machine.ts';
import { handlerLines, taskLines, taskNamed } from './tasks.ts';

const release: ReleaseOnDisk<MonitoringManifest> = {
  id: '0123456789abcdef',
  folder: '/opt/intent-fleet/releases/0123456789abcdef',
  manifest: {
    format: 7,
    machines: 'monitoring',
    node: '24.0.0',
    shipper: { runtime: 'bin/node', options: [], program: 'logs/shipper.mjs', environment: {} },
    files: { 'bin/node': 'a'.repeat(64) },
  },
};

const variables: MonitoringVariablesInput = {
  network: { cidr: '10.20.0.0/16' },
  logs: logVariables,
  cloud: { region: 'eu-central-1' },
  fleet: { name: 'intent-fleet-test', workers: [8081, 8082] },
  thresholds: { errorPercent: 1, p90Milliseconds: 200 },
  prometheus: { scrapeSeconds: 15, retentionDays: 15, retentionGigabytes: 4 },
};

function play(changed: Partial<MonitoringVariablesInput> = {}) {
  return monitoringPlay(release, parseMonitoringVariables({ ...variables, ...changed }));
}

test('the tasks run in this order', (t) => {
  t.deepEqual(taskLines(play()), [
    'preflight: assert: Check the distribution',
    'preflight: assert: Check the architecture',
    "release: command: Verify the release's checksums",
    'release: directory: Make the state directory',
    'release: symlink: Point to the current release -> Restart the log shipper',
    'logs: package: Install logrotate',
    'logs: directory: Make the log directory',
    "logs: template: Rotate the bootstrap's log",
    'logs: file: Run logrotate hourly -> Reload systemd',
    "logs: file: Limit the journal's size and rate -> Restart the journal",
    "shipper: user: Add the log shipper's user",
    "shipper: template: Write the log shipper's unit -> Reload systemd, Restart the log shipper",
    'shipper: flush',
    'shipper: unit: Start the log shipper',
    'prometheus: package: Install Prometheus',
    'prometheus: file: Restart Prometheus however often it fails -> Reload systemd',
    "prometheus: template: Write Prometheus' options -> Restart Prometheus",
    "prometheus: file: Write Prometheus' rules -> Reload Prometheus",
    "prometheus: template: Write Prometheus' configuration -> Reload Prometheus",
    'prometheus: flush',
    'prometheus: unit: Start Prometheus',
    'prometheus: wait: Wait until Prometheus is ready',
    'dashboard: package: Install openssl',
    'dashboard: directory: Make the configuration directory',
    'dashboard: directory: Make the certificate directory',
    'dashboard: package: Install nginx',
    "dashboard: command: Make the proxy's certificate -> Reload nginx",
    "dashboard: file: Restrict the proxy's key to root (sensitive)",
    "dashboard: file: Make the proxy's certificate readable",
    'dashboard: file: Restart nginx when it fails -> Reload systemd',
    "dashboard: template: Write nginx's configuration -> Reload nginx",
    "dashboard: template: Rotate nginx's access log",
    'dashboard: flush',
    'dashboard: unit: Start nginx',
    'dashboard: wait: Wait until the dashboard answers',
  ]);
});

test('the handlers run in this order', (t) => {
  t.deepEqual(handlerLines(play()), [
    'command: Restart the journal',
    'command: Reload systemd',
    'unit: Restart the log shipper',
    'unit: Restart Prometheus',
    'unit: Reload Prometheus',
    'unit: Reload nginx',
  ]);
});

const rendered = [
  [
    'Restart Prometheus however often it fails',
    '/etc/systemd/system/prometheus.service.d/intent-fleet.conf',
    'prometheus.service.conf',
  ],
  ["Write Prometheus' options", '/etc/default/prometheus', 'prometheus'],
  ["Write Prometheus' configuration", '/etc/prometheus/prometheus.yml', 'prometheus.yml'],
  ["Write nginx's configuration", '/etc/nginx/nginx.conf', 'nginx.monitoring.conf'],
] as const;

for (const [name, path, file] of rendered) {
  test(`writes ${path}`, async (t) => {
    const machine = await testMachine(t);
    await machine.apply(taskNamed(play(), name));
    t.is(await readFile(machine.at(path), 'utf8'), await expected(file));
  });
}

test('the rules have the thresholds of the stage', async (t) => {
  const machine = await testMachine(t);
  await machine.apply(taskNamed(play(), "Write Prometheus' rules"));
  const { thresholds } = variables;
  t.is(await readFile(machine.at('/etc/prometheus/rules.yml'), 'utf8'), rulesFile(thresholds));
});

test('configuration and rules are validated before they replace those in use', async (t) => {
  const machine = await testMachine(t);
  for (const name of ["Write Prometheus' rules", "Write Prometheus' configuration", "Write nginx's configuration"])
    await machine.apply(taskNamed(play(), name));
  t.deepEqual(
    machine.commands.map((line) => line.replace(/candidate-\w+/, 'candidate')),
    [
      'promtool check rules /etc/prometheus/.candidate/rules.yml',
      'promtool check config /etc/prometheus/.candidate/prometheus.yml',
      'nginx -t -q -c /etc/nginx/.candidate/nginx.conf',
    ],
  );
});

test('another cloud, an Alertmanager and a remote store are in the configuration', async (t) => {
  const machine = await testMachine(t);
  const remoteWrite = { url: 'https://aps.example.com/workspaces/ws-1/api/v1/remote_write', region: 'eu-west-1' };
  const changed = {
    cloud: { region: 'eu-central-1', endpoint: 'http://169.254.169.252:443' },
    fleet: { name: 'intent-fleet-test', workers: [8081] },
    prometheus: {
      ...{ scrapeSeconds: 2, retentionDays: 15, retentionGigabytes: 4 },
      ...{ alertmanager: 'alerts.example.com:9093', remoteWrite },
    },
  };
  await machine.apply(taskNamed(play(changed), "Write Prometheus' configuration"));
  t.is(
    await readFile(machine.at('/etc/prometheus/prometheus.yml'), 'utf8'),
    await expected('prometheus.with-others.yml'),
  );
});

test('Prometheus and the dashboard are asked before the machine is done', async (t) => {
  const machine = await testMachine(t);
  for (const name of ['Wait until Prometheus is ready', 'Wait until the dashboard answers'])
    await machine.apply(taskNamed(play(), name));
  const curl = 'curl --silent --show-error --fail-with-body --max-time 5';
  t.deepEqual(machine.commands, [
    `${curl} http://127.0.0.1:9090/monitoring/prometheus/-/ready`,
    `${curl} --cacert /etc/intent-fleet/tls/proxy.crt https://127.0.0.1/monitoring/health`,
  ]);
});
