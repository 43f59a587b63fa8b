import { contentSecurityPolicy } from '../../monitoring/page/policy.ts';
import type { MonitoringVariables } from '../monitoring-variables.ts';
import { paths } from '../paths.ts';
import type { MonitoringHandlers } from '../plays/handlers.ts';
import { prometheusPort } from '../ports.ts';
import type { Role } from '../tasks/task.ts';
import { untilAnswered } from './answers.ts';
import { certificateFolder, certificatePaths } from './certificate.ts';
import { nginxTasks } from './nginx.ts';
import { prometheusPath } from './prometheus.ts';

/** Serves the page of the dashboard, and Prometheus, to the load balancer. */
export function dashboardRole({ network }: MonitoringVariables, handlers: MonitoringHandlers): Role {
  const tls = { proxy: certificatePaths('proxy') };
  const configuration = {
    template: 'nginx/dashboard.conf.njk',
    variables: {
      network,
      paths,
      tls,
      policy: contentSecurityPolicy,
      prometheus: { port: prometheusPort, path: prometheusPath },
    },
  };
  return {
    name: 'dashboard',
    tasks: [
      ...certificateFolder(),
      ...nginxTasks(configuration, handlers),
      untilAnswered({
        name: 'Wait until the dashboard answers',
        url: 'https://127.0.0.1/monitoring/health',
        certificate: tls.proxy.certificate,
        ...{ seconds: 15, unit: 'nginx.service', lines: 20 },
      }),
    ],
  };
}
