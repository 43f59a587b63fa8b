import { existsSync } from 'node:fs';
import test from 'ava';
import { cgroupFlags, groupPaths, isUnified } from '../../../rehearsal/machines/cgroups.ts';
import { machineCommand } from '../../../rehearsal/machines/command.ts';

const name = 'intent-fleet-0a1b2c3d/i-1';

test('the command enters the groups and boots the machine', (t) => {
  t.deepEqual(machineCommand('i-1', '/run/machines/i-1/root', name), {
    program: 'sh',
    parameters: [
      ...['-c', 'for group in $GROUPS_TO_ENTER; do echo $$ > "$group/cgroup.procs"; done; exec "$@"', 'sh'],
      ...['setsid', 'nsenter', '--net=/run/netns/i-1', 'systemd-nspawn', '--quiet'],
      ...['--directory=/run/machines/i-1/root', '--machine=i-1', '--register=no', '--keep-unit'],
      ...['--capability=CAP_NET_ADMIN', '--console=read-only', '--link-journal=no', '--resolv-conf=off'],
      ...[...cgroupFlags(name), '--boot'],
    ],
    environment: { GROUPS_TO_ENTER: groupPaths(name).join(' ') },
  });
});

test('a machine has a group in every hierarchy of the host', (t) => {
  const paths = groupPaths(name);
  t.true(paths.length >= 1);
  for (const path of paths) {
    t.regex(path, new RegExp(`^/sys/fs/cgroup/(.+/)?${name}$`));
    t.true(existsSync(path.slice(0, -name.length)));
  }
});

test('with cgroup v1, a machine sees its own groups of the controllers with limits', (t) => {
  const binds = ['memory', 'cpu', 'cpuacct', 'pids']
    .filter((controller) => existsSync(`/sys/fs/cgroup/${controller}`))
    .map((controller) => `--bind=/sys/fs/cgroup/${controller}/${name}:/sys/fs/cgroup/${controller}`);
  t.deepEqual(cgroupFlags(name), isUnified() ? [] : ['--tmpfs=/sys/fs/cgroup:mode=755', ...binds]);
});
