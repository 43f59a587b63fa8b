import type { ListrTask } from 'listr2';
import { UserError } from '../../common/errors.ts';
import { planFile, providerLockFile } from '../../common/paths.ts';
import { accessEnvironment } from '../../deployments/access.ts';
import type { ChangeRecord } from '../../deployments/change-record.ts';
import { requireCloudTarget } from '../../deployments/cloud-target.ts';
import { type Deployment, parseDeployment, type Track } from '../../deployments/deployment.ts';
import { assertSameIdentity, identityOf } from '../../deployments/identity.ts';
import { readStateOutputs } from '../../deployments/state-outputs.ts';
import { assertStepAlone, isStepAlone } from '../../deployments/step-changes.ts';
import type { TrackObservation } from '../../deployments/track-observer.ts';
import { type Outputs, parseOutputs } from '../../stacks/outputs.ts';
import { monitoringArchive, uploaded } from '../../stacks/release-archive.ts';
import type { Stage } from '../../stages/load.ts';
import type { PlannedChanges } from '../../terraform/events.ts';
import { deletePlan } from '../../terraform/saved-plan.ts';
import { Terraform } from '../../terraform/terraform.ts';
import { assertTerraform } from '../../terraform/version.ts';
import { distinctLines, steps } from '../command-line/progress.ts';
import { adoptionTitle, adoptLeftovers } from './adopt.ts';
import { type Carrier, observerOf, synthesizeFor } from './carrier.ts';
import { type ApplyStep, applyPlan, applyStep } from './carry-out.ts';
import { checkMachines } from './check-machines.ts';
import { deploy } from './deploy.ts';
import { holdStage } from './hold.ts';

/** What is deployed, and what was observed of its tracks. */
export interface Found {
  stage: Stage;
  deployment: Deployment;
  observed: Record<Track, TrackObservation>;
}

/**
 * Changes what is deployed without a new revision: `decide` makes the value that is carried out of the one that was found,
 * undefined where nothing is left to do.
 */
export async function changeDeployment(
  stage: Stage,
  command: string,
  decide: (found: Found) => Deployment | undefined,
): Promise<void> {
  const started = performance.now();
  await assertTerraform();
  await holdStage(stage, command, async (record) => {
    const wasKilled = await record.settle(distinctLines((line) => console.error(line)));
    const { carrier, found } = await find(stage, record);
    const begun = decide(found);
    if (!begun) return console.log('The command that carried the deployment out has taken it back.');
    const isNew = found.deployment.progress === null;
    if (isNew) await checkMachines({ target: carrier.target, begun, observed: found.observed });
    const isTrue = isNew && !wasKilled;
    await deploy({
      ...{ carrier, command, begun, from: begun, applied: found.deployment, isNew, started },
      ...(isTrue ? { applyFirst: planFirst(found) } : { build: () => showMadeTrue(found, carrier, wasKilled) }),
    });
  });
}

async function find(stage: Stage, record: ChangeRecord): Promise<{ carrier: Carrier; found: Found }> {
  const target = await requireCloudTarget(stage);
  const outputs = await readStateOutputs(stage);
  if (!outputs)
    throw new UserError(`Nothing is deployed in ${stage.name}. Deploy with: make apply STAGE=${stage.name}`);
  assertSameIdentity(outputs, identityOf(stage, target.site));
  const known = parseOutputs(outputs);
  const deployment = parseDeployment(known.deployment);
  const observed = await observerOf(target.access, known).observe(deployment);
  const parts = { stage, target, packed: undefined, ...keptMonitoring(known) };
  const stack = await synthesizeFor(parts, deployment);
  const terraform = new Terraform(stack, accessEnvironment(target.access, process.env));
  await terraform.init(providerLockFile(stage.name));
  return { carrier: { ...parts, record, terraform }, found: { stage, deployment, observed } };
}

/** The monitoring machine as it is: neither this checkout nor a newer image is to replace it. */
function keptMonitoring(outputs: Outputs): Pick<Carrier, 'monitoring' | 'machineImage' | 'monitoringUserData'> {
  const { monitoring_machine: machine, monitoring_target_group: targetGroup } = outputs;
  if (!machine && targetGroup !== undefined)
    throw new UserError(
      'The monitoring machine is of an earlier version of this project. Go on with this one by: make apply',
    );
  if (!machine) return { monitoring: undefined, machineImage: { id: '', rootDevice: '' } };
  return {
    monitoring: monitoringArchive(uploaded, machine.archive),
    machineImage: { id: machine.image, rootDevice: machine.root_device },
    monitoringUserData: machine.user_data,
  };
}

/** Makes the value that the state holds true: a command that was killed may have left a part of the next one. */
async function showMadeTrue({ deployment }: Found, carrier: Carrier, wasKilled: boolean): Promise<void> {
  const adopt: ListrTask = {
    title: adoptionTitle,
    enabled: () => wasKilled,
    task: (_, task) => adoptLeftovers(carrier, task),
  };
  const apply: ListrTask = { title: 'What is deployed', task: (_, task) => makeTrue(deployment, carrier, task) };
  await steps([adopt, apply]).run();
}

const makeTrue: ApplyStep = async (deployment, carrier, task) => {
  await synthesizeFor(carrier, deployment, { wasSettled: deployment.progress === null });
  // What a Terraform that was killed has changed may be missing in the state.
  const { resources, outputs } = await planAlone(carrier, true);
  assertStepAlone(resources);
  await applyPlan(resources.length, outputs.length > 0, carrier, task);
};

/**
 * Makes the first step true after a deployment that was over: its plan shows whether it changes more, such as what an apply
 * that failed has left. Then what is deployed comes first.
 */
function planFirst({ deployment: deployed }: Found): ApplyStep {
  return async (deployment, carrier, task) => {
    await synthesizeFor(carrier, deployment);
    const { resources } = await planAlone(carrier, false);
    if (isStepAlone(resources)) return applyPlan(resources.length, true, carrier, task);
    await makeTrue(deployed, carrier, task);
    await applyStep(deployment, carrier, task);
  };
}

async function planAlone({ stage, terraform }: Carrier, refresh: boolean): Promise<PlannedChanges> {
  const file = planFile(stage.name);
  await deletePlan(file);
  return terraform.planChanges(file, { refresh });
}
