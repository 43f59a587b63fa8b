import { paths, servingMarker, shipperUnit } from '../paths.ts';
import type { ReleaseOnDisk } from '../release.ts';
import { file } from '../tasks/file.ts';
import { packages } from '../tasks/package.ts';
import { flushHandlers, type Role, type Task } from '../tasks/task.ts';
import { template } from '../tasks/template.ts';
import { unit } from '../tasks/unit.ts';
import { wait } from '../tasks/wait.ts';
import { type Variables, workerPorts } from '../variables.ts';
import { certificatePaths, selfSignedCertificate } from './certificate.ts';
import type { Handlers } from './handlers.ts';

/** Runs nginx before the workers: TLS, rate limits and the health check of the load balancer. */
export function proxyRole({ id }: ReleaseOnDisk, variables: Variables, handlers: Handlers): Role {
  return {
    name: 'proxy',
    tasks: [
      packages({ name: 'Install nginx', packages: ['nginx-light'] }),
      ...selfSignedCertificate({ name: 'proxy', owner: 'root', notify: [handlers.reloadNginx] }),
      restartPolicy(handlers),
      configuration(id, variables, handlers),
      rotation(),
      flushHandlers,
      unit({ name: 'Start nginx', units: ['nginx.service'] }),
      workerAnswers(),
    ],
  };
}

function restartPolicy({ reloadSystemd }: Handlers): Task {
  return file({
    name: 'Restart nginx when it fails',
    path: '/etc/systemd/system/nginx.service.d/intent-fleet.conf',
    content: `[Unit]\nAfter=${shipperUnit}\n\n[Service]\nRestart=always\nRestartSec=1\nLimitNOFILE=16384\n`,
    mode: 0o644,
    notify: [reloadSystemd],
  });
}

// One file holds the whole configuration, so that nginx validates exactly what it will run.
function configuration(release: string, variables: Variables, { reloadNginx }: Handlers): Task {
  const { service, nginx, network } = variables;
  return template({
    name: "Write nginx's configuration",
    template: 'nginx/nginx.conf.njk',
    path: '/etc/nginx/nginx.conf',
    variables: {
      ...{ service, nginx, network, release, tls, paths },
      ...{ ports: workerPorts(variables), marker: servingMarker(release) },
    },
    mode: 0o644,
    validate: (candidate) => ['nginx', '-t', '-q', '-c', candidate],
    notify: [reloadNginx],
  });
}

function rotation(): Task {
  return template({
    name: "Rotate nginx's access log",
    template: 'nginx/logrotate.njk',
    path: '/etc/logrotate.d/nginx',
    variables: { paths },
    mode: 0o644,
    validate: (candidate) => ['logrotate', '--debug', candidate],
  });
}

const tls = { proxy: certificatePaths('proxy'), service: certificatePaths('service') };

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
