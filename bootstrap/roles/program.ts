import type { ProgramStart } from '../../common/program-start.ts';
import { paths } from '../paths.ts';
import type { CommonHandlers } from '../plays/handlers.ts';
import { flushHandlers, type Role, type Task } from '../tasks/task.ts';
import { template } from '../tasks/template.ts';
import { unit } from '../tasks/unit.ts';
import { user } from '../tasks/user.ts';
import { wait } from '../tasks/wait.ts';

export interface ProgramSettings {
  /** What people call it, such as `log shipper`. */
  title: string;
  user: string;
  /** Its unit; the template has the same name. */
  unit: string;
  start: ProgramStart;
  /** What the template needs besides. */
  variables: object;
  handlers: Pick<CommonHandlers, 'reloadSystemd'>;
  restart: Task;
}

/** Runs a program of the release, beside the workers, as a unit with a user of its own. */
export function programTasks({
  title,
  user: name,
  unit: file,
  start,
  variables,
  handlers,
  restart,
}: ProgramSettings): Role['tasks'] {
  return [
    user({ name: `Add the ${title}'s user`, user: name }),
    template({
      name: `Write the ${title}'s unit`,
      template: `${file}.njk`,
      path: `/etc/systemd/system/${file}`,
      variables: { ...variables, start, paths, user: name },
      mode: 0o644,
      validate: (candidate) => ['systemd-analyze', 'verify', '--man=no', '--recursive-errors=no', candidate],
      notify: [handlers.reloadSystemd, restart],
    }),
    flushHandlers,
    unit({ name: `Start the ${title}`, units: [file] }),
  ];
}

/** Waits until a program has written its first file; its last lines explain why it has not. */
export function untilWritten({ name, path, unit: file }: { name: string; path: string; unit: string }): Task {
  return wait({
    name,
    until: ['test', '-s', path],
    seconds: 60,
    explain: ['journalctl', '--no-pager', '--lines', '20', '--unit', file],
  });
}
