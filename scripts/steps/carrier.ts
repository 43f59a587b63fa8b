import { bootstrapFailure } from '../../bootstrap/runner/console.ts';
import type { Access } from '../../deployments/access.ts';
import type { ChangeRecord } from '../../deployments/change-record.ts';
import type { CloudTarget } from '../../deployments/cloud-target.ts';
import type { Deployment } from '../../deployments/deployment.ts';
import type { ServiceRestarts } from '../../deployments/service-restarts.ts';
import { readStateOutputs } from '../../deployments/state-outputs.ts';
import { TrackObserver } from '../../deployments/track-observer.ts';
import type { IntentStackProps } from '../../stacks/intent-stack.ts';
import type { MachineImage } from '../../stacks/machines.ts';
import { type Outputs, parseOutputs } from '../../stacks/outputs.ts';
import type { MonitoringArchive, ReleaseArchive } from '../../stacks/release-archive.ts';
import { synthesizeStage } from '../../stacks/synthesize.ts';
import type { Stage } from '../../stages/load.ts';
import type { Terraform } from '../../terraform/terraform.ts';

/** What carries the steps of a deployment out. */
export interface Carrier {
  stage: Stage;
  target: CloudTarget;
  record: ChangeRecord;
  terraform: Terraform;
  /** The release that this machine has packed; undefined where nothing new is deployed. */
  packed: ReleaseArchive | undefined;
  /** Undefined where the stage has no monitoring machine. */
  monitoring: MonitoringArchive | undefined;
  /** What the monitoring machine and new revisions boot. */
  machineImage: MachineImage;
  /** The first script of a monitoring machine that stays as it is. */
  monitoringUserData?: string;
}

/** Writes the Terraform of a deployment and returns the folder that Terraform runs in. */
export function synthesizeFor(
  { stage, target, packed, monitoring, machineImage, monitoringUserData }: Omit<Carrier, 'record' | 'terraform'>,
  deployment: Deployment,
  further: Pick<IntentStackProps, 'wasSettled' | 'earlier'> = {},
): Promise<string> {
  return synthesizeStage(stage, {
    ...{ deployment, packed, monitoring, monitoringUserData, site: target.site, image: machineImage, ...further },
  });
}

/** Reads the outputs of a deployed stage from its state. */
export async function outputsOf({ stage }: Pick<Carrier, 'stage'>): Promise<Outputs> {
  return parseOutputs(await readStateOutputs(stage));
}

/** Observes the tracks of a deployed stage. */
export function observerOf(
  access: Access,
  { stack, tracks, launch_templates: templates }: Outputs,
  restarts?: ServiceRestarts,
): TrackObserver {
  return new TrackObserver({ access, stack, tracks, templates, restarts, failureOf: bootstrapFailure });
}
