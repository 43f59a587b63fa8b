import { paths, serviceUser } from '../paths.ts';
import { command } from '../tasks/command.ts';
import { directory } from '../tasks/directory.ts';
import { packages } from '../tasks/package.ts';
import { flushHandlers, type Role, type Task } from '../tasks/task.ts';
import { template } from '../tasks/template.ts';
import { restartedUnits, retiredUnits, unit } from '../tasks/unit.ts';
import { user } from '../tasks/user.ts';
import { wait } from '../tasks/wait.ts';
import { type Variables, workerPorts } from '../variables.ts';
import { certificatePaths, selfSignedCertificate } from './certificate.ts';

const restart = ['Restart the workers'];

/** The workers: one process per port, all from one template unit. */
export function serviceRole(variables: Variables): Role {
  const ports = workerPorts(variables);
  const units = ports.map((port) => `intent-fleet@${port}.service`);
  return {
    name: 'service',
    tasks: [
      packages({ name: 'Install what makes certificates', packages: ['openssl'] }),
      user({ name: 'Add the user of the service', user: serviceUser }),
      directory({ name: 'Make the folder of the configuration', path: paths.configuration, mode: 0o755 }),
      directory({ name: 'Make the folder of the certificates', path: paths.tls, mode: 0o755 }),
      ...certificate(variables),
      environmentFile(variables),
      templateUnit(variables),
      flushHandlers,
      retiredUnits({ name: 'Stop the workers that are too many', pattern: 'intent-fleet@*.service', keep: units }),
      unit({ name: 'Start the workers', units }),
      ...ports.map((port) => workerAnswers(variables, port)),
    ],
    handlers: [
      command({ name: 'Reload systemd', argv: ['systemctl', 'daemon-reload'] }),
      restartedUnits({ name: 'Restart the workers', units }),
    ],
  };
}

function certificate({ service }: Variables): Task[] {
  if (service.scheme === 'http') return [];
  return selfSignedCertificate({ name: 'service', owner: serviceUser, notify: [...restart, 'Reload nginx'] });
}

function environmentFile({ service, nginx }: Variables): Task {
  return template({
    name: "Write the service's environment",
    template: 'service.env.njk',
    path: `${paths.configuration}/service.env`,
    variables: { service, nginx, paths, tls: certificatePaths('service') },
    mode: 0o644,
    notify: restart,
  });
}

function templateUnit({ service }: Variables): Task {
  return template({
    name: "Write the service's unit",
    template: 'intent-fleet@.service.njk',
    path: '/etc/systemd/system/intent-fleet@.service',
    variables: { service, paths, user: serviceUser },
    mode: 0o644,
    validate: (candidate) => ['systemd-analyze', 'verify', '--man=no', '--recursive-errors=no', candidate],
    notify: ['Reload systemd', ...restart],
  });
}

function workerAnswers({ service }: Variables, port: number): Task {
  const trust = service.scheme === 'https' ? ['--cacert', certificatePaths('service').certificate] : [];
  return wait({
    name: `Wait until the worker on port ${port} is ready`,
    until: [
      ...['curl', '--silent', '--show-error', '--fail-with-body', '--max-time', '5', ...trust],
      `${service.scheme}://127.0.0.1:${port}/ready`,
    ],
    seconds: 30,
    explain: ['journalctl', '--no-pager', '--lines', '30', '--unit', `intent-fleet@${port}.service`],
  });
}
