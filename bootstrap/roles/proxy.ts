import { paths, servingMarker } from '../paths.ts';
import type { ServiceHandlers } from '../plays/handlers.ts';
import { metricsPorts, workerMetricsPort } from '../ports.ts';
import type { Role, Task } from '../tasks/task.ts';
import { type Variables, workerPorts } from '../variables.ts';
import { untilAnswered } from './answers.ts';
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
  return untilAnswered({
    name: 'Wait until a worker answers through nginx',
    url: 'https://127.0.0.1/ready',
    certificate: tls.proxy.certificate,
    ...{ seconds: 15, unit: 'nginx.service', lines: 20 },
  });
}
