import { join } from 'node:path';

/** Where things are in this checkout. */
export const checkout = join(import.meta.dirname, '..');

const buildFolder = join(checkout, 'build');
export const artifactFolder = join(buildFolder, 'artifact');
export const releasesFolder = join(buildFolder, 'releases');
export const synthesisFolder = join(checkout, 'cdktf.out');

/** The local state file of a stage. */
export function stateFile(stage: string, root = checkout): string {
  return join(root, 'state', `${stage}.tfstate`);
}

/** The plan that `make plan` leaves for `make apply`. */
export function planFile(stage: string): string {
  return join(buildFolder, 'plans', `${stage}.tfplan`);
}

/** The plan that `make destroy` makes and applies; never one that `make apply` would take. */
export function destructionFile(stage: string): string {
  return join(buildFolder, 'plans', `${stage}.destroy.tfplan`);
}
