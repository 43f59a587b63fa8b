import { totalmem } from 'node:os';
import type { Command } from '../network/commands.ts';

// A machine's disk is a tmpfs: four full ones leave half of the memory.
const memoryShare = 1 / 8;

// As on ext4. Inodes use memory beyond the size of a tmpfs.
const bytesPerInode = 16 * 1024;

/** The memory that this process and the machines may use, in bytes: the host's, or less inside a container. */
export function usableMemory(): number {
  return Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
}

/** Mounts a machine's disk in `folder`, of the size that its launch template sets, but at most a share of the memory. */
export function diskMount(folder: string, gigabytes: number, memoryBytes: number): Command {
  const bytes = Math.min(gigabytes * 2 ** 30, Math.floor(memoryBytes * memoryShare));
  const options = `mode=755,size=${bytes},nr_inodes=${Math.floor(bytes / bytesPerInode)}`;
  return ['mount', '-t', 'tmpfs', '-o', options, 'disk', folder];
}

/** Unmounts a machine's disk, and what is mounted below it. */
export function withoutDisk(folder: string): Command {
  return ['umount', '--lazy', '--recursive', folder];
}
