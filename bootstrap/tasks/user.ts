import { readFile } from 'node:fs/promises';
import { succeed } from '../machine.ts';
import { type Common, common, type Task } from './task.ts';

/** A system user that owns nothing, has no home and cannot log in. */
export function user(settings: Common & { user: string }): Task {
  const { user: name } = settings;
  return {
    kind: 'user',
    ...common(settings),
    plan: async (machine) => {
      const passwd = await readFile(machine.path('/etc/passwd'), 'utf8');
      if (passwd.split('\n').some((line) => line.startsWith(`${name}:`))) return undefined;
      return { diff: `user: none -> ${name}`, apply: () => succeed(machine, userAdd(name)) };
    },
  };
}

function userAdd(name: string): string[] {
  return [
    ...['useradd', '--system', '--user-group', '--no-create-home'],
    ...['--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', name],
  ];
}
