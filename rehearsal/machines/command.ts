import { cgroupFlags, groupPaths } from './cgroups.ts';

export interface MachineCommandProps {
  name: string;
  /** Its root file system. */
  root: string;
  /** Its control group, in every hierarchy. */
  cgroup: string;
}

// The shell enters the machine's groups before it becomes systemd-nspawn, so that no process of the machine is outside.
const enter = 'for group in $GROUPS_TO_ENTER; do echo $$ > "$group/cgroup.procs"; done; exec "$@"';

/** The command that boots a machine: its own network namespace, its own control groups, no console input. */
export function machineCommand({ name, root, cgroup }: MachineCommandProps) {
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
    parameters: ['-c', enter, 'sh', 'setsid', 'nsenter', `--net=/run/netns/${name}`, ...boot],
    environment: { GROUPS_TO_ENTER: groupPaths(cgroup).join(' ') },
  };
}
