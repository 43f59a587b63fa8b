import { cgroupFlags, groupPaths } from './cgroups.ts';

/** A program with its arguments and environment variables. */
export interface MachineCommand {
  program: string;
  parameters: string[];
  environment: Record<string, string>;
}

// The shell enters the control groups and becomes systemd-nspawn, so that every process of the machine is in them.
const enterGroups = 'for group in $GROUPS_TO_ENTER; do echo $$ > "$group/cgroup.procs"; done; exec "$@"';

/** Returns the command that boots a machine in a network namespace and control groups of its own. */
export function machineCommand(name: string, root: string, cgroup: string): MachineCommand {
  const boot = [
    'systemd-nspawn',
    '--quiet',
    `--directory=${root}`,
    `--machine=${name}`,
    '--register=no',
    '--keep-unit',
    '--capability=CAP_NET_ADMIN',
    '--console=read-only',
    '--link-journal=no',
    '--resolv-conf=off',
    ...cgroupFlags(cgroup),
    '--boot',
  ];
  return {
    program: 'sh',
    parameters: ['-c', enterGroups, 'sh', 'setsid', 'nsenter', `--net=/run/netns/${name}`, ...boot],
    environment: { GROUPS_TO_ENTER: groupPaths(cgroup).join(' ') },
  };
}
