import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { UserError } from '../common/errors.ts';
import { hostPath } from '../common/host-path.ts';

/** The properties of this machine that the rehearsal depends on and cannot install. */
export interface Host {
  platform: NodeJS.Platform;
  architecture: string;
  userId: number;
  hasApt: boolean;
  hasOverlay: boolean;
  canWriteCgroups: boolean;
}

/** The rehearsal cannot run on this machine; the message lists all reasons with their remedies. */
export class PreconditionError extends UserError {
  override readonly name = 'PreconditionError';
}

/** Returns why the rehearsal cannot run on `host`, a sentence for each reason; an empty list if it can. */
export function unmetRequirements(host: Host): string[] {
  if (host.platform !== 'linux') {
    return [`The rehearsal boots Linux machines and this is ${host.platform}: use a Linux machine or virtual machine.`];
  }
  const found: [boolean, string][] = [
    [
      host.architecture !== 'x64',
      `The rehearsal's images are for x64 and this is ${host.architecture}: use an x64 machine.`,
    ],
    [host.userId !== 0, 'The rehearsal boots machines and needs root for that: run the command again with sudo.'],
    [!host.hasApt, 'The base image is built with apt, which this machine does not have: use Debian or Ubuntu.'],
    [!host.hasOverlay, 'The kernel has no overlay file system: load it with `modprobe overlay`.'],
    [
      !host.canWriteCgroups,
      'Control groups cannot be created below /sys/fs/cgroup: run the container, if this is one, as privileged.',
    ],
  ];
  return found.filter(([isUnmet]) => isUnmet).map(([, sentence]) => sentence);
}

/** Throws a PreconditionError if the rehearsal cannot run on `host`; its message also names `make serve`, which always can. */
export function assertPreconditions(host: Host = thisHost()): void {
  const found = unmetRequirements(host);
  if (found.length === 0) return;
  const alternative = 'To run the service alone, without machines or a cloud: make serve';
  throw new PreconditionError([...found, alternative].join('\n'));
}

function thisHost(): Host {
  const cgroups = existsSync('/sys/fs/cgroup/memory') ? '/sys/fs/cgroup/memory' : '/sys/fs/cgroup';
  return {
    platform: process.platform,
    architecture: process.arch,
    userId: process.getuid?.() ?? -1,
    hasApt: programPath('apt-get') !== undefined,
    hasOverlay: existsSync('/proc/filesystems') && /\boverlay$/m.test(readFileSync('/proc/filesystems', 'utf8')),
    canWriteCgroups: isAccessible(cgroups, constants.W_OK),
  };
}

/** Returns the path of a program of this host on the PATH; undefined if there is none. */
export function programPath(name: string): string | undefined {
  const folders = hostPath().split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find((file) => isAccessible(file, constants.X_OK));
}

function isAccessible(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
