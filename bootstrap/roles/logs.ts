import { paths } from '../paths.ts';
import type { CommonHandlers } from '../plays/handlers.ts';
import { directory } from '../tasks/directory.ts';
import { file } from '../tasks/file.ts';
import { packages } from '../tasks/package.ts';
import type { Role } from '../tasks/task.ts';
import { template } from '../tasks/template.ts';

/** Keeps logs from filling the disk, and the journal from dropping lines. */
export function logsRole({ reloadSystemd, restartJournal }: CommonHandlers): Role {
  return {
    name: 'logs',
    tasks: [
      packages({ name: 'Install logrotate', packages: ['logrotate'] }),
      directory({ name: 'Make the log directory', path: paths.logs, mode: 0o755 }),
      template({
        name: "Rotate the bootstrap's log",
        template: 'logrotate.njk',
        path: '/etc/logrotate.d/intent-fleet',
        variables: { paths },
        mode: 0o644,
        validate: (candidate) => ['logrotate', '--debug', candidate],
      }),
      file({
        name: 'Run logrotate hourly',
        path: '/etc/systemd/system/logrotate.timer.d/intent-fleet.conf',
        content: '[Timer]\nOnCalendar=\nOnCalendar=hourly\nRandomizedDelaySec=5m\n',
        mode: 0o644,
        notify: [reloadSystemd],
      }),
      file({
        // 2000 lines a second of each unit: the default, 333, would drop some of what a busy worker logs.
        name: "Limit the journal's size and rate",
        path: '/etc/systemd/journald.conf.d/intent-fleet.conf',
        content: '[Journal]\nStorage=persistent\nSystemMaxUse=256M\nRateLimitIntervalSec=30s\nRateLimitBurst=60000\n',
        mode: 0o644,
        notify: [restartJournal],
      }),
    ],
  };
}
