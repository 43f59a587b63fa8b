import { basename, dirname, join } from 'node:path';

/** The folder of this checkout. */
export const checkoutFolder = join(import.meta.dirname, '..');

/** The folder of the trained model, relative to where a command runs. */
export const defaultArtifact = 'build/artifact';

/** The folder of packed releases, relative to where a command runs. */
export const defaultReleases = 'build/releases';

/** The folder of the runs of all models, relative to where a command runs. */
export const defaultRuns = 'runs';

const buildFolder = join(checkoutFolder, 'build');
export const artifactFolder = join(checkoutFolder, defaultArtifact);
export const releasesFolder = join(checkoutFolder, defaultReleases);
export const synthesisFolder = join(checkoutFolder, 'cdktf.out');

/** The dashboard for a Grafana. */
export const grafanaDashboardFile = join(checkoutFolder, 'dashboards/intent-fleet.json');

/** The local state file of a stage. */
export function stateFile(stage: string, root = checkoutFolder): string {
  return join(root, 'state', `${stage}.tfstate`);
}

/** Everything that Terraform keeps of a stage's local state. */
export function stateFiles(stage: string): string[] {
  const file = stateFile(stage);
  return [
    file,
    `${file}.backup`,
    join(dirname(file), `.${basename(file)}.lock.info`),
    changeFile(stage),
    abortFile(stage),
    appliedStackFile(stage),
  ];
}

/** The lock of a stage: held by the command that plans or changes it. */
export function lockFile(stage: string): string {
  return join(checkoutFolder, 'state', `${stage}.lock`);
}

/** The checksums of the providers of a stage, beside its settings. */
export function providerLockFile(stage: string): string {
  return join(checkoutFolder, 'stages', `${stage}.lock.hcl`);
}

/** The record of a change under way. */
export function changeFile(stage: string): string {
  return join(checkoutFolder, 'state', `${stage}.changing`);
}

/** What was applied last by a step of a deployment. */
export function appliedStackFile(stage: string): string {
  return join(checkoutFolder, 'state', `${stage}.applied.json`);
}

/** The request to take a deployment back that another command carries out. */
export function abortFile(stage: string): string {
  return join(checkoutFolder, 'state', `${stage}.abort`);
}

/** The plan that `make plan` leaves for `make apply`. */
export function planFile(stage: string): string {
  return join(buildFolder, 'plans', `${stage}.tfplan`);
}

/** The plan that shows which resources are not in the state. */
export function adoptPlanFile(stage: string): string {
  return join(buildFolder, 'plans', `${stage}.adopt.tfplan`);
}

/** The plan that `make destroy` makes and applies; `make apply` never takes it. */
export function destroyPlanFile(stage: string): string {
  return join(buildFolder, 'plans', `${stage}.destroy.tfplan`);
}
