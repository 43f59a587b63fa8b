import { isDeepStrictEqual } from 'node:util';
import type { ListrTask } from 'listr2';
import { UserError } from '../../common/errors.ts';
import { planFile, providerLockFile } from '../../common/paths.ts';
import { accessEnvironment } from '../../deployments/access.ts';
import type { ChangeRecord } from '../../deployments/change-record.ts';
import { requireCloudTarget } from '../../deployments/cloud-target.ts';
import { type Deployment, parseDeployment, type Track } from '../../deployments/deployment.ts';
import { assertSameIdentity, identityOf } from '../../deployments/identity.ts';
import { readStateOutputs } from '../../deployments/state-outputs.ts';
import { assertStepAlone, changesIn, isStepAlone } from '../../deployments/step-changes.ts';
import { followingValue } from '../../deployments/strategies/foresee.ts';
import type { TrackObservation } from '../../deployments/track-observer.ts';
import { type Outputs, parseOutputs } from '../../stacks/outputs.ts';
import { monitoringArchive, uploaded } from '../../stacks/release-archive.ts';
import { stackFolder } from '../../stacks/stack-name.ts';
import type { Stage } from '../../stages/load.ts';
import { changesOf, outputChangesOf, type PlanDocument, stepsOf } from '../../terraform/plan.ts';
import { deletePlan } from '../../terraform/saved-plan.ts';
import { Terraform } from '../../terraform/terraform.ts';
import { steps } from '../command-line/progress.ts';
import { adoptionTitle, adoptLeftovers } from './adopt.ts';
import { type ApplyStep, applyPlan, applyStep, isAppliedLast } from './apply-step.ts';
import { type Carrier, observerOf, synthesizeFor } from './carrier.ts';
import { checkMachines } from './check-machines.ts';
import { deploy } from './deploy.ts';
import { ensureTerraform } from './ensure-terraform.ts';
import { holdStage } from './hold.ts';
import { settleKilled } from './settle.ts';

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
  await ensureTerraform();
  await holdStage(stage, command, async (record) => {
    const wasKilled = await settleKilled(stage, record);
    const { carrier, found } = await find(stage, record);
    const begun = decide(found);
    if (!begun) return console.log('The command that carried the deployment out has taken it back.');
    const isNew = found.deployment.progress === null;
    if (isNew) await checkMachines({ target: carrier.target, begun, observed: found.observed });
    await deploy({
      ...{ carrier, command, begun, from: begun, applied: found.deployment, isNew, started },
      ...(isNew && !wasKilled
        ? beginAfter(found, begun, carrier)
        : { build: () => showMadeTrue(found, carrier, wasKilled) }),
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
  const terraform = new Terraform(stackFolder(stage), accessEnvironment(target.access, process.env));
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
async function showMadeTrue({ deployment, observed }: Found, carrier: Carrier, wasKilled: boolean): Promise<void> {
  const adopt: ListrTask = {
    title: adoptionTitle,
    enabled: () => wasKilled,
    task: async (_, task) => {
      const following = followingValue(deployment, observed);
      const values = following ? [deployment, following] : [deployment];
      const syntheses = values.map((value) => () => synthesizeDeployed(value, carrier));
      await adoptLeftovers(carrier, task, syntheses);
    },
  };
  const apply: ListrTask = { title: 'What is deployed', task: (_, task) => makeTrue(deployment, carrier, task) };
  await steps([adopt, apply]).run();
}

const makeTrue: ApplyStep = async (deployment, carrier, task) => {
  await synthesizeDeployed(deployment, carrier);
  // What a Terraform that was killed has changed may be missing in the state.
  const plan = await planAlone(carrier, true);
  assertStepAlone(changesIn(plan));
  await applyPlan(stepsOf(changesOf(plan)), outputChangesOf(plan).length > 0, carrier, task);
};

function synthesizeDeployed(deployment: Deployment, carrier: Carrier): Promise<void> {
  return synthesizeAndInitialize(deployment, carrier, { wasSettled: deployment.progress === null });
}

/**
 * Makes the first step after a deployment that was over true. Where that deployment was not applied last, the step is planned
 * beside the smoke test that may come before it. The plan shows whether it changes more, such as what an apply that failed has
 * left: then what is deployed comes first.
 */
function beginAfter({ deployment: deployed, observed }: Found, begun: Deployment, carrier: Carrier) {
  const expected = followingValue(begun, observed);
  let isKnown = false;
  let planned: Promise<PlanDocument | undefined> | undefined;
  const build = async () => {
    await synthesizeAndInitialize(deployed, carrier);
    isKnown = await isAppliedLast(carrier.stage);
    if (!isKnown) planned = expected && planStep(expected, carrier).catch(() => undefined);
  };
  const applyFirst: ApplyStep = async (deployment, _, task) => {
    if (isKnown) return applyStep(deployment, carrier, task);
    const early = await planned;
    const isExpected = early && isDeepStrictEqual(deployment, expected);
    const plan = isExpected ? early : await planStep(deployment, carrier);
    if (isStepAlone(changesIn(plan))) return applyPlan(stepsOf(changesOf(plan)), true, carrier, task);
    await makeTrue(deployed, carrier, task);
    await applyStep(deployment, carrier, task);
  };
  return { build, applyFirst };
}

async function planStep(deployment: Deployment, carrier: Carrier): Promise<PlanDocument> {
  await synthesizeAndInitialize(deployment, carrier);
  return planAlone(carrier, false);
}

async function synthesizeAndInitialize(
  deployment: Deployment,
  carrier: Carrier,
  further: Parameters<typeof synthesizeFor>[2] = {},
): Promise<void> {
  await synthesizeFor(carrier, deployment, further);
  await carrier.terraform.init(providerLockFile(carrier.stage.name));
}

async function planAlone({ stage, terraform }: Carrier, refresh: boolean): Promise<PlanDocument> {
  const file = planFile(stage.name);
  await deletePlan(file);
  return terraform.plan(file, { refresh });
}
