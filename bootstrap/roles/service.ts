import { paths, serviceUser } from '../paths.ts';
import type { ServiceHandlers } from '../plays/handlers.ts';
import type { ReleaseOnDisk, ServiceManifest } from '../release.ts';
import { flushHandlers, type Role, type Task } from '../tasks/task.ts';
import { template } from '../tasks/template.ts';
import { surplusUnits, unit } from '../tasks/unit.ts';
import { user } from '../tasks/user.ts';
import { type Variables, workerPorts, workerUnits } from '../variables.ts';
import { untilAnswered } from './answers.ts';
import { certificateFolder, certificatePaths, selfSignedCertificate } from './certificate.ts';

/** Runs the workers of the service. */
export function serviceRole(
  release: ReleaseOnDisk<ServiceManifest>,
  variables: Variables,
  handlers: ServiceHandlers,
): Role {
  const units = workerUnits(variables);
  const { scheme } = variables.service;
  return {
    name: 'service',
    tasks: [
      user({ name: 'Add the service user', user: serviceUser }),
      ...certificateFolder(),
      ...selfSignedCertificate({
        name: 'service',
        owner: serviceUser,
        when: () => scheme === 'https',
        notify: [handlers.restartWorkers, handlers.reloadNginx],
      }),
      environmentFile(release, variables, handlers),
      templateUnit(release, variables, handlers),
      flushHandlers,
      surplusUnits({ name: 'Stop surplus workers', pattern: 'intent-fleet@*.service', keep: units }),
      unit({ name: 'Start the workers', units }),
      ...workerPorts(variables).map((port) => workerIsReady(variables, port)),
    ],
  };
}

function environmentFile(
  { id }: ReleaseOnDisk,
  { service, nginx, apiKeys, feedback, shadow }: Variables,
  { restartWorkers }: ServiceHandlers,
): Task {
  return template({
    name: "Write the service's environment",
    template: 'service.env.njk',
    path: `${paths.configuration}/service.env`,
    variables: { service, nginx, apiKeys, feedback, shadow, release: id, paths, tls: certificatePaths('service') },
    mode: 0o644,
    notify: [restartWorkers],
  });
}

function templateUnit(
  { manifest }: ReleaseOnDisk<ServiceManifest>,
  { service, feedback }: Variables,
  handlers: ServiceHandlers,
): Task {
  return template({
    name: "Write the service's unit",
    template: 'intent-fleet@.service.njk',
    path: '/etc/systemd/system/intent-fleet@.service',
    variables: { service, feedback, start: manifest.start, paths, user: serviceUser },
    mode: 0o644,
    validate: (candidate) => ['systemd-analyze', 'verify', '--man=no', '--recursive-errors=no', candidate],
    notify: [handlers.reloadSystemd, handlers.restartWorkers],
  });
}

function workerIsReady({ service: { scheme } }: Variables, port: number): Task {
  return untilAnswered({
    name: `Wait until the worker on port ${port} is ready`,
    url: `${scheme}://127.0.0.1:${port}/ready`,
    certificate: scheme === 'https' ? certificatePaths('service').certificate : undefined,
    ...{ seconds: 30, unit: `intent-fleet@${port}.service`, lines: 30 },
  });
}
