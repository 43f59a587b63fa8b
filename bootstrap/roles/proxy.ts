import { file } from '../tasks/file.ts';
import { packages } from '../tasks/package.ts';
import { flushHandlers, type Role, type Task } from '../tasks/task.ts';
import { template } from '../tasks/template.ts';
import { reloadedUnits, unit } from '../tasks/unit.ts';
import { wait } from '../tasks/wait.ts';
import { type Variables, workerPorts } from '../variables.ts';
import { certificatePaths, selfSignedCertificate } from './certificate.ts';

/** nginx before the workers: TLS, limits per client, and the health that the balancer asks. */
export function proxyRole(variables: Variables): Role {
  return {
    name: 'proxy',
    tasks: [
      packages({ name: 'Install nginx', packages: ['nginx-light'] }),
      ...selfSignedCertificate({ name: 'proxy', owner: 'root', notify: ['Reload nginx'] }),
      keepAlive(),
      configuration(variables),
      rotation(),
      flushHandlers,
      unit({ name: 'Start nginx', units: ['nginx.service'] }),
      healthAnswers(),
    ],
    handlers: [reloadedUnits({ name: 'Reload nginx', units: ['nginx.service'] })],
  };
}

function keepAlive(): Task {
  return file({
    name: 'Have systemd bring nginx back when it dies',
    path: '/etc/systemd/system/nginx.service.d/intent-fleet.conf',
    content: '[Service]\nRestart=always\nRestartSec=1\nLimitNOFILE=16384\n',
    mode: 0o644,
    notify: ['Reload systemd'],
  });
}

/** One file holds the whole configuration, so that what is validated is what will run. */
function configuration(variables: Variables): Task {
  const { service, nginx, network } = variables;
  return template({
    name: "Write nginx's configuration",
    template: 'nginx/nginx.conf.njk',
    path: '/etc/nginx/nginx.conf',
    variables: { service, nginx, network, ports: workerPorts(variables), tls: tlsPaths },
    mode: 0o644,
    validate: (candidate) => ['nginx', '-t', '-q', '-c', candidate],
    notify: ['Reload nginx'],
  });
}

function rotation(): Task {
  return template({
    name: "Rotate nginx's logs",
    template: 'nginx/logrotate.njk',
    path: '/etc/logrotate.d/nginx',
    variables: {},
    mode: 0o644,
    validate: (candidate) => ['logrotate', '--debug', candidate],
  });
}

const tlsPaths = { proxy: certificatePaths('proxy'), service: certificatePaths('service') };

function healthAnswers(): Task {
  return wait({
    name: 'Wait until the machine is healthy',
    until: [
      ...['curl', '--silent', '--show-error', '--fail-with-body', '--max-time', '5'],
      ...['--cacert', tlsPaths.proxy.certificate, 'https://127.0.0.1/health'],
    ],
    seconds: 15,
    explain: ['tail', '--lines=20', '/var/log/nginx/error.log'],
  });
}
