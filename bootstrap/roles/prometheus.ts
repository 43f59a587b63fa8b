import { rulesFile } from '../../monitoring/rules.ts';
import type { MonitoringVariables } from '../monitoring-variables.ts';
import { prometheusUnit } from '../paths.ts';
import type { MonitoringHandlers } from '../plays/handlers.ts';
import { metricsPorts, prometheusPort } from '../ports.ts';
import { file } from '../tasks/file.ts';
import { packages } from '../tasks/package.ts';
import { flushHandlers, type Role, type Task } from '../tasks/task.ts';
import { template } from '../tasks/template.ts';
import { unit } from '../tasks/unit.ts';
import { untilAnswered } from './answers.ts';

/** The path below which Prometheus answers, here and behind the load balancer. */
export const prometheusPath = '/monitoring/prometheus';

const rulesPath = '/etc/prometheus/rules.yml';

/** Runs Prometheus, which finds the machines of the fleet by the API of EC2 and reads their metrics. */
export function prometheusRole(variables: MonitoringVariables, handlers: MonitoringHandlers): Role {
  return {
    name: 'prometheus',
    tasks: [
      packages({ name: 'Install Prometheus', packages: ['prometheus'] }),
      restartPolicy(handlers),
      options(variables, handlers),
      rules(variables, handlers),
      configuration(variables, handlers),
      flushHandlers,
      unit({ name: 'Start Prometheus', units: [prometheusUnit] }),
      isReady(),
    ],
  };
}

// It ends when the metadata service has no credentials to write elsewhere with, such as before the network is up; systemd would start
// it five times within a second, and then no more.
function restartPolicy({ reloadSystemd }: MonitoringHandlers): Task {
  return file({
    name: 'Restart Prometheus however often it fails',
    path: `/etc/systemd/system/${prometheusUnit}.d/intent-fleet.conf`,
    content: '[Unit]\nStartLimitIntervalSec=0\n\n[Service]\nRestart=always\nRestartSec=5\n',
    mode: 0o644,
    notify: [reloadSystemd],
  });
}

function options({ prometheus }: MonitoringVariables, { restartPrometheus }: MonitoringHandlers): Task {
  return template({
    name: "Write Prometheus' options",
    template: 'prometheus/options.njk',
    path: '/etc/default/prometheus',
    variables: { prometheus, port: prometheusPort, path: prometheusPath },
    mode: 0o644,
    notify: [restartPrometheus],
  });
}

function rules({ thresholds }: MonitoringVariables, { reloadPrometheus }: MonitoringHandlers): Task {
  return file({
    name: "Write Prometheus' rules",
    path: rulesPath,
    content: rulesFile(thresholds),
    mode: 0o644,
    validate: (candidate) => ['promtool', 'check', 'rules', candidate],
    notify: [reloadPrometheus],
  });
}

function configuration(variables: MonitoringVariables, { reloadPrometheus }: MonitoringHandlers): Task {
  const { cloud, fleet, prometheus } = variables;
  return template({
    name: "Write Prometheus' configuration",
    template: 'prometheus/prometheus.yml.njk',
    path: '/etc/prometheus/prometheus.yml',
    variables: {
      ...{
        cloud,
        fleet,
        prometheus,
        port: prometheusPort,
        path: prometheusPath,
        rulesPath,
        metricsPort: metricsPorts.listener,
      },
      jobs: jobsOf(fleet.workers),
    },
    mode: 0o644,
    validate: (candidate) => ['promtool', 'check', 'config', candidate],
    notify: [reloadPrometheus],
  });
}

/** What is read from each machine: a path of its listener of metrics, and the labels of what is found there. */
function jobsOf(workers: readonly number[]) {
  return [
    ...workers.map((port) => ({
      name: `service-${port}`,
      job: 'service',
      path: `/metrics/workers/${port}`,
      worker: port,
    })),
    { name: 'nginx', job: 'nginx', path: '/metrics/nginx' },
    { name: 'node', job: 'node', path: '/metrics/node' },
  ];
}

function isReady(): Task {
  return untilAnswered({
    name: 'Wait until Prometheus is ready',
    url: `http://127.0.0.1:${prometheusPort}${prometheusPath}/-/ready`,
    ...{ seconds: 30, unit: prometheusUnit, lines: 30 },
  });
}
