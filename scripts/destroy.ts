import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import pc from 'picocolors';
import { apiKeyPath } from '../common/api-keys/record.ts';
import { InterruptedError } from '../common/errors.ts';
import { predictionKeyParameter } from '../common/feedback/record.ts';
import { adoptPlanFile, checkoutFolder, destroyPlanFile, providerLockFile, stateFiles } from '../common/paths.ts';
import { accessEnvironment } from '../deployments/access.ts';
import { adoptUnrecorded } from '../deployments/adopt.ts';
import type { ChangeRecord } from '../deployments/change-record.ts';
import { type CloudTarget, findCloudTarget } from '../deployments/cloud-target.ts';
import { assertSameIdentity, identityOf } from '../deployments/identity.ts';
import { readStateOutputs, TornStateError } from '../deployments/state-outputs.ts';
import { unrecordedIn } from '../deployments/unrecorded.ts';
import { placeOf } from '../rehearsal/place.ts';
import { removeCloud } from '../rehearsal/stop.ts';
import { placeholders } from '../stacks/placeholders.ts';
import { stackFolder, stackName } from '../stacks/stack-name.ts';
import { synthesizeStage } from '../stacks/synthesize.ts';
import { loadStage, type Stage } from '../stages/load.ts';
import { changesOf, planOfOnly, stepsOf, summarizePlan } from '../terraform/plan.ts';
import { deletePlan } from '../terraform/saved-plan.ts';
import { Terraform } from '../terraform/terraform.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { confirm } from './command-line/confirmation.ts';
import { reporter, steps } from './command-line/progress.ts';
import { apiKeysOf } from './steps/api-keys.ts';
import { tellUnderWay } from './steps/deployed.ts';
import { ensureTerraform } from './steps/ensure-terraform.ts';
import { feedbackStoreOf } from './steps/feedback.ts';
import { holdStage } from './steps/hold.ts';
import { settleKilled } from './steps/settle.ts';

const program = createCommand(
  'destroy',
  'Remove everything that was built. STAGE=<name> chooses the stage, AUTO=1 does not ask.',
).action(async () => {
  const stage = await loadStage(stageName());
  await ensureTerraform();
  await holdStage(stage, 'make destroy', async (changes) => {
    const wasKilled = await settleKilled(stage, changes);
    const target = await findCloudTarget(stage);
    const destroy = async () => target && destroyStage({ stage, target, changes, wasKilled });
    await (stage.settings.cloud === 'rehearsal' ? destroyRehearsal(stage, destroy) : destroy());
  });
});

/** Removes the emulated account, with all that Terraform could not destroy in it, unless the user wants to stop. */
async function destroyRehearsal(stage: Stage, destroy: () => Promise<unknown>): Promise<void> {
  const failure = await destroy().then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure instanceof InterruptedError) throw failure;
  await removeRehearsal(stage);
  if (failure instanceof TornStateError)
    console.error('The state could not be read; what was in it is gone with the rehearsal.');
  else if (failure) throw failure;
}

interface Destruction {
  stage: Stage;
  target: CloudTarget;
  changes: ChangeRecord;
  /** True when the last command was killed while Terraform changed the stage. */
  wasKilled: boolean;
}

async function destroyStage(destruction: Destruction): Promise<void> {
  const { stage, target } = destruction;
  assertSameIdentity(await readStateOutputs(stage), identityOf(stage, target.site));
  await adoptForDestroy(destruction);
  const terraform = await terraformFor(stage, target);
  const file = destroyPlanFile(stage.name);
  try {
    await planAndDestroy(file, terraform, destruction);
    if (!target.rehearsal) await endKeys(stage, target);
  } finally {
    await deletePlan(file);
  }
}

// With the synthesis of the command that was killed, which names what it was creating.
async function adoptForDestroy({ stage, target, wasKilled }: Destruction): Promise<void> {
  const stack = stackFolder(stage);
  if (!wasKilled || target.rehearsal || !existsSync(stack)) return;
  const terraform = new Terraform(stack, accessEnvironment(target.access, process.env));
  await terraform.init(providerLockFile(stage.name));
  await adoptUnrecorded({
    terraform,
    planFile: adoptPlanFile(stage.name),
    ...unrecordedIn(target.access),
    report: (line) => console.error(line),
  });
}

// They are no resources of Terraform, whose state would hold them. A policy of an earlier version does not allow it.
async function endKeys(stage: Stage, target: CloudTarget): Promise<void> {
  const [path, parameter] = [apiKeyPath(stackName(stage)), predictionKeyParameter(stackName(stage))];
  const ended = await apiKeysOf(stage, target)
    .revokeAll()
    .catch((error: Error) => {
      console.error(pc.yellow(`! The API keys below ${path} could not be ended: ${error.message}`));
      return 0;
    });
  await feedbackStoreOf(stage, target)
    .endIds()
    .catch((error: Error) => console.error(pc.yellow(`! ${parameter} could not be deleted: ${error.message}`)));
  if (ended > 0) console.log(`${ended} API ${ended === 1 ? 'key is' : 'keys are'} ended.`);
}

async function planAndDestroy(file: string, terraform: Terraform, destruction: Destruction): Promise<void> {
  const { stage, target, changes: record } = destruction;
  await tellUnderWay(stage);
  const planned = await terraform.planChanges(file, { destroy: true });
  const plan = planOfOnly('delete', planned) ?? (await terraform.show(file));
  const changes = changesOf(plan);
  if (changes.length === 0) return console.log('Nothing is built.');
  console.log(`${summarizePlan(plan, pc)}\n`);
  if (!target.rehearsal) await confirm(`Destroy all of ${stage.name}?`, stage.name);
  await steps([
    {
      title: 'terraform destroy',
      task: async (_, task) => {
        const [total, report] = [stepsOf(changes), reporter(task)];
        await record.during((onStart) => terraform.apply(file, { total, report, onStart }));
      },
    },
  ]).run();
}

// Terraform destroys what is in the state: the synthesis only provides the provider and the backend.
async function terraformFor(stage: Stage, target: CloudTarget): Promise<Terraform> {
  const stack = await synthesizeStage(stage, { site: target.site, ...placeholders });
  const terraform = new Terraform(stack, accessEnvironment(target.access, process.env));
  await terraform.init(providerLockFile(stage.name));
  return terraform;
}

async function removeRehearsal(stage: Stage): Promise<void> {
  const place = placeOf(checkoutFolder, stage.name);
  await steps([
    {
      title: 'Stop the rehearsal and its machines',
      task: async () => {
        await removeCloud(place);
        for (const file of stateFiles(stage.name)) await rm(file, { force: true });
      },
    },
  ]).run();
}

await run(program);
