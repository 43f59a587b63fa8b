import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The address of the AWS provider, which is also its path in a mirror. */
export const providerAddress = 'registry.terraform.io/hashicorp/aws';

/** Returns the folders that may be a file-system mirror of the AWS provider, in the order in which they are tried. */
export function mirrorCandidates(environment: NodeJS.ProcessEnv = process.env): string[] {
  const named = environment.TF_PLUGIN_MIRROR;
  return [
    ...(named ? [named] : []),
    join(homedir(), '.terraform.d/plugins'),
    join(environment.XDG_DATA_HOME || join(homedir(), '.local/share'), 'terraform/plugins'),
    '/usr/local/share/terraform/plugins',
    '/usr/share/terraform/plugins',
    ...foldersOf('/opt'),
  ];
}

/** Returns the mirror to install the AWS provider from; undefined to use the registry. */
export function findMirror(candidates = mirrorCandidates()): string | undefined {
  return candidates.find((folder) => existsSync(join(folder, providerAddress)));
}

function foldersOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
}
