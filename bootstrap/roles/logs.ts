import { paths } from '../paths.ts';
import { command } from '../tasks/command.ts';
import { directory } from '../tasks/directory.ts';
import { file } from '../tasks/file.ts';
import { packages } from '../tasks/package.ts';
import type { Role } from '../tasks/task.ts';
import { template } from '../tasks/template.ts';

/** No log may ever fill the disk. */
export function logsRole(): Role {
  return {
    name: 'logs',
    tasks: [
      packages({ name: 'Install what rotates logs', packages: ['logrotate'] }),
      directory({ name: 'Make the folder of the logs', path: paths.logs, mode: 0o755 }),
      template({
        name: 'Rotate the log of the bootstrap',
        template: 'logrotate.njk',
        path: '/etc/logrotate.d/intent-fleet',
        variables: { paths },
        mode: 0o644,
        validate: (candidate) => ['logrotate', '--debug', candidate],
      }),
      file({
        name: 'Look every hour whether a log is due',
        path: '/etc/systemd/system/logrotate.timer.d/intent-fleet.conf',
        content: '[Timer]\nOnCalendar=\nOnCalendar=hourly\nRandomizedDelaySec=5m\n',
        mode: 0o644,
        notify: ['Reload systemd'],
      }),
      file({
        name: 'Bound the journal',
        path: '/etc/systemd/journald.conf.d/intent-fleet.conf',
        content: '[Journal]\nSystemMaxUse=256M\n',
        mode: 0o644,
        notify: ['Restart the journal'],
      }),
    ],
    handlers: [command({ name: 'Restart the journal', argv: ['systemctl', 'restart', 'systemd-journald.service'] })],
  };
}
