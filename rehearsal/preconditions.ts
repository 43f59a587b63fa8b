import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { UserError } from '../common/errors.ts';

/** What a rehearsal needs of the machine that it cannot install itself, as found there. */
export interface Host {
  platform: NodeJS.Platform;
  architecture: string;
  userId: number;
  hasApt: boolean;
  hasOverlay: boolean;
  canWriteCgroups: boolean;
}

/** A rehearsal that cannot be held on this machine; the message lists every reason with its remedy. */
export class PreconditionError extends UserError {
  override readonly name = 'PreconditionError';
}

/** Why no rehearsal can be held on `host`, a sentence each; empty where it can. */
export function unmetRequirements(host: Host): string[] {
  if (host.platform !== 'linux') {
    return [`The rehearsal boots Linux machines and this is ${host.platform}: use a Linux machine or virtual machine.`];
  }
  const found: [boolean, string][] = [
    [
      host.architecture !== 'x64',
      `The rehearsal's images are for x64 and this is ${host.architecture}: use an x64 machine.`,
    ],
    [host.userId !== 0, 'The rehearsal boots machines, which takes root: run the command again with sudo.'],
    [!host.hasApt, 'The base image is made with apt, which is not here: use Debian or Ubuntu.'],
    [!host.hasOverlay, 'The kernel has no overlay file system: load it with `modprobe overlay`.'],
    [!host.canWriteCgroups, 'Control groups cannot be made below /sys/fs/cgroup: in a container, run it privileged.'],
  ];
  return found.filter(([hinders]) => hinders).map(([, sentence]) => sentence);
}

/** Refuses where the rehearsal cannot be held. `make serve` always can: it needs no machines. */
export function assertPreconditions(host: Host = thisHost()): void {
  const found = unmetRequirements(host);
  if (found.length === 0) return;
  const alternative = 'To run the service alone, without machines or a cloud: make serve';
  throw new PreconditionError([...found, alternative].join('\n'));
}

function thisHost(): Host {
  return {
    platform: process.platform,
    architecture: process.arch,
    userId: process.getuid?.() ?? -1,
    hasApt: programPath('apt-get') !== undefined,
    hasOverlay: existsSync('/proc/filesystems') && /\boverlay$/m.test(readFileSync('/proc/filesystems', 'utf8')),
    canWriteCgroups: canWrite(existsSync('/sys/fs/cgroup/memory') ? '/sys/fs/cgroup/memory' : '/sys/fs/cgroup'),
  };
}

function canWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Where the program `name` is on the PATH. */
export function programPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
