import type { MachineFiles } from '../machine/files.ts';

/** Owner, group and permission bits of a path; root where none is named. */
export interface Ownership {
  owner?: string;
  /** The owner's name where none is given. */
  group?: string;
  mode: number;
}

/** One line for each part of the ownership that differs. */
export async function ownershipDiff(files: MachineFiles, path: string, ownership: Ownership): Promise<string[]> {
  const found = await files.attributes(path);
  const { owner, group, mode } = withDefaults(ownership);
  const [uid, gid] = [await idOf(files, 'passwd', owner), await idOf(files, 'group', group)];
  return [
    ...(found && found.uid === uid ? [] : [`owner: ${found?.uid ?? 'none'} -> ${owner}`]),
    ...(found && found.gid === gid ? [] : [`group: ${found?.gid ?? 'none'} -> ${group}`]),
    ...(found?.mode === mode ? [] : [`mode: ${octal(found?.mode)} -> ${octal(mode)}`]),
  ];
}

/** Sets owner, group and mode. */
export async function setOwnership(files: MachineFiles, path: string, ownership: Ownership): Promise<void> {
  const { owner, group, mode } = withDefaults(ownership);
  const [uid, gid] = [await requiredId(files, 'passwd', owner), await requiredId(files, 'group', group)];
  await files.setAttributes(path, { uid, gid, mode });
}

function withDefaults({ owner = 'root', group = owner, mode }: Ownership): Required<Ownership> {
  return { owner, group, mode };
}

type Database = 'passwd' | 'group';

async function idOf(files: MachineFiles, database: Database, name: string): Promise<number | undefined> {
  const lines = (await files.read(`/etc/${database}`))?.split('\n') ?? [];
  const found = lines.map((line) => line.split(':')).find(([first]) => first === name);
  return found && Number(found[2]);
}

async function requiredId(files: MachineFiles, database: Database, name: string): Promise<number> {
  const found = await idOf(files, database, name);
  if (found === undefined) throw new Error(`/etc/${database}: expected an entry for ${name}, found none.`);
  return found;
}

function octal(mode: number | undefined): string {
  return mode?.toString(8).padStart(4, '0') ?? 'none';
}
