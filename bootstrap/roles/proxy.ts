import { paths, servingMarker } from '../paths.ts';
import type { ServiceHandlers } from '../plays/handlers.ts';
import { metricsPorts, workerMetricsPort } from '../ports.ts';
import type { Role, Task } from '../tasks/task.ts';
import { wait } from '../tasks/wait.ts';
import { type Variables, workerPorts } from '../variables.ts';
import { certificatePaths } from './certificate.ts';
import { nginxTasks } from './nginx.ts';

const tls = { proxy: certificatePaths('proxy'), service: certificatePaths('service') };

/** Runs nginx before the workers: TLS, rate limits, the health check of the load balancer, and metrics. */
export function proxyRole(release: string, variables: Variables, handlers: ServiceHandlers): Role {
  const { service, nginx, network } = variables;
  const ports = workerPorts(variables);
  const workers = ports.map((port) => ({ port, metricsPort: workerMetricsPort(port) }));
  const configuration = {
    template: 'nginx/nginx.conf.njk',
    variables: {
      ...{ service, nginx, network, release, tls, paths, ports },
      ...{ marker: servingMarker(release), metrics: { ...metricsPorts, workers } },
    },
  };
  return { name: 'proxy', tasks: [...nginxTasks(configuration, handlers), workerAnswers()] };
}

// Not the health check: it fails until the release is verified.
function workerAnswers(): Task {
  return wait({
    name: 'Wait until a worker answers through nginx',
    until: [
      ...['curl', '--silent', '--show-error', '--fail-with-body', '--max-time', '5'],
      ...['--cacert', tls.proxy.certificate, 'https://127.0.0.1/ready'],
    ],
    seconds: 15,
    explain: ['journalctl', '--no-pager', '--lines', '20', '--unit', 'nginx.service'],
  });
}
