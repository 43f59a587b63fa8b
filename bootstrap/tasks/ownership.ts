import { chmod, chown, readFile, stat } from 'node:fs/promises';
import type { Machine } from '../machine.ts';

/** Who owns a path and what they may do with it. */
export interface Ownership {
  owner?: string;
  group?: string;
  mode: number;
}

/** One line for each part of the ownership that is not as wanted. */
export async function ownershipDiff(machine: Machine, path: string, wanted: Ownership): Promise<string[]> {
  const found = await stat(machine.path(path)).catch(() => undefined);
  const owner = await identifier(machine, 'passwd', wanted.owner ?? 'root');
  const group = await identifier(machine, 'group', wanted.group ?? wanted.owner ?? 'root');
  const lines = [
    found && found.uid === owner ? '' : `owner: ${found?.uid ?? 'none'} -> ${wanted.owner ?? 'root'}`,
    found && found.gid === group ? '' : `group: ${found?.gid ?? 'none'} -> ${wanted.group ?? wanted.owner ?? 'root'}`,
    found && (found.mode & 0o7777) === wanted.mode ? '' : `mode: ${octal(found?.mode)} -> ${octal(wanted.mode)}`,
  ];
  return lines.filter((line) => line !== '');
}

/** Sets owner, group and mode. */
export async function own(machine: Machine, path: string, wanted: Ownership): Promise<void> {
  const owner = await required(machine, 'passwd', wanted.owner ?? 'root');
  const group = await required(machine, 'group', wanted.group ?? wanted.owner ?? 'root');
  await chown(machine.path(path), owner, group);
  await chmod(machine.path(path), wanted.mode);
}

type Database = 'passwd' | 'group';

async function identifier(machine: Machine, database: Database, name: string): Promise<number | undefined> {
  const lines = (await readFile(machine.path(`/etc/${database}`), 'utf8')).split('\n');
  const found = lines.map((line) => line.split(':')).find(([first]) => first === name);
  return found === undefined ? undefined : Number(found[2]);
}

async function required(machine: Machine, database: Database, name: string): Promise<number> {
  const found = await identifier(machine, database, name);
  if (found === undefined) throw new Error(`/etc/${database}: expected an entry for ${name}, found none.`);
  return found;
}

function octal(mode: number | undefined): string {
  return mode === undefined ? 'none' : (mode & 0o7777).toString(8).padStart(4, '0');
}
