import { succeed } from '../machine/machine.ts';
import { type Task, type TaskOptions, taskOf } from './task.ts';

/** A system user without home directory, password and login shell. */
export function user(settings: TaskOptions & { user: string }): Task {
  const { user: name } = settings;
  return taskOf('user', settings, async (machine) => {
    const passwd = (await machine.files.read('/etc/passwd')) ?? '';
    if (passwd.split('\n').some((line) => line.startsWith(`${name}:`))) return undefined;
    return { diff: `user: none -> ${name}`, apply: () => succeed(machine, userAdd(name)) };
  });
}

function userAdd(name: string): string[] {
  return [
    ...['useradd', '--system', '--user-group', '--no-create-home'],
    ...['--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', name],
  ];
}
