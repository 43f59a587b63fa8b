import { paths, shipperUnit } from '../paths.ts';
import type { CommonHandlers } from '../plays/handlers.ts';
import { file } from '../tasks/file.ts';
import { packages } from '../tasks/package.ts';
import { flushHandlers, type Role, type Task } from '../tasks/task.ts';
import { template } from '../tasks/template.ts';
import { unit } from '../tasks/unit.ts';
import { selfSignedCertificate } from './certificate.ts';

type Handlers = Pick<CommonHandlers, 'reloadSystemd' | 'reloadNginx'>;

/** Runs nginx with a certificate of its own and this configuration: a template and its variables. */
export function nginxTasks(configuration: { template: string; variables: object }, handlers: Handlers): Role['tasks'] {
  return [
    packages({ name: 'Install nginx', packages: ['nginx-light'] }),
    ...selfSignedCertificate({ name: 'proxy', owner: 'root', notify: [handlers.reloadNginx] }),
    restartPolicy(handlers),
    // One file holds the whole configuration, so that nginx validates exactly what it will run.
    template({
      name: "Write nginx's configuration",
      path: '/etc/nginx/nginx.conf',
      ...configuration,
      mode: 0o644,
      validate: (candidate) => ['nginx', '-t', '-q', '-c', candidate],
      notify: [handlers.reloadNginx],
    }),
    rotation(),
    flushHandlers,
    unit({ name: 'Start nginx', units: ['nginx.service'] }),
  ];
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
