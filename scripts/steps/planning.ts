import type { ListrTask } from 'listr2';
import { planFile, providerLockFile } from '../../common/paths.ts';
import { accessEnvironment } from '../../deployments/access.ts';
import type { ChangeRecord } from '../../deployments/change-record.ts';
import { prepareCloudTarget } from '../../deployments/cloud-target.ts';
import { assertSameIdentity, identityOf } from '../../deployments/identity.ts';
import { findImage } from '../../deployments/machine-image.ts';
import { modelInService } from '../../deployments/model-in-service.ts';
import { type DeployedBefore, readDeployment, servingRevision } from '../../deployments/read-deployment.ts';
import type { Shipment } from '../../deployments/shipment.ts';
import { readStateOutputs } from '../../deployments/state-outputs.ts';
import { type Expectations, followingValue } from '../../deployments/strategies/foresee.ts';
import type { Artifact } from '../../model/artifact/artifact.ts';
import { ensureImage } from '../../rehearsal/image/build.ts';
import type { ReleaseArchive } from '../../stacks/release-archive.ts';
import { synthesisDigest } from '../../stacks/synthesize.ts';
import type { Stage } from '../../stages/load.ts';
import { type PlanDocument, planOfOnly } from '../../terraform/plan.ts';
import { deletePlan, hasPlanOf, savedPlanTime, savePlanDigest } from '../../terraform/saved-plan.ts';
import { Terraform } from '../../terraform/terraform.ts';
import { imageChoice } from '../command-line/command.ts';
import { reporter, steps } from '../command-line/progress.ts';
import { adoptionTitle, adoptLeftovers } from './adopt.ts';
import { type Carrier, synthesizeFor } from './carrier.ts';
import { decideShipment } from './decide.ts';
import { ensureTerraform } from './ensure-terraform.ts';
import { passGate } from './gate.ts';
import { packStage, packStageMonitoring, provideModel, trial } from './release.ts';
import { settleKilled } from './settle.ts';

/** A plan and what is needed to apply it and to go on from there. */
export interface Planned extends Carrier {
  packed: ReleaseArchive;
  plan: PlanDocument;
  /** True where `make plan` made the plan earlier from the same synthesis. */
  saved: boolean;
  /** The name of an image that is newer than the one in service, which stays; undefined without one. */
  newerImage: string | undefined;
  /** The build of the rehearsal's base image, which machines need and the plan does not; undefined on AWS. */
  image: ImageBuild | undefined;
  /** The deployment that the plan begins or goes on with. */
  shipment: Shipment;
  /** What a description of the deployment goes by. */
  expectations: Expectations;
  /** False where the deployment began in an earlier command. */
  isNew: boolean;
}

/** The values that the steps pass to each other. */
interface Draft extends Planned {
  /** True when the last command was killed while Terraform changed the stage. */
  wasKilled: boolean;
  /** Whether there is a plan that was saved earlier, from whichever synthesis. */
  reuse: boolean;
  /** The digest of the synthesized stack. */
  digest: string;
  /** Part of what is planned, so that a plan that is saved is made again as it was. */
  now: Date;
  artifact: Artifact;
  /** The outputs of what is deployed; undefined where nothing is. */
  deployed: Record<string, unknown> | undefined;
  before: DeployedBefore;
}

type Step = ListrTask<Draft>;

/**
 * Runs all steps up to a plan: train, pack, start the rehearsal or find the account, synthesize, init, plan. `reuse`: use
 * the plan that `make plan` saved, if it was made from the same synthesis.
 */
export async function planStage(stage: Stage, record: ChangeRecord, reuse: boolean): Promise<Planned> {
  await ensureTerraform();
  const wasKilled = await settleKilled(stage, record);
  const savedAt = reuse ? await savedPlanTime(planFile(stage.name)) : undefined;
  const title = stage.settings.cloud === 'rehearsal' ? 'Start the rehearsal' : 'Find the AWS account';
  return steps<Draft>([
    {
      title: 'Prepare',
      task: (_, task) => task.newListr([makeRelease, packMonitoring, { ...findTarget, title }], { concurrent: true }),
    },
    readState,
    decide,
    synthesize,
    init,
    adopt,
    compare,
    plan,
  ]).run({ stage, record, wasKilled, reuse: savedAt !== undefined, now: savedAt ?? new Date() } as Draft);
}

const trainAndPack: Step = {
  title: 'Get the model and pack the release',
  task: async (draft, task) => {
    const report = reporter(task);
    draft.artifact = await provideModel(draft.stage, report);
    draft.packed = await packStage(draft.artifact, report);
  },
};

const tryPacked: Step = { title: trial.title, task: ({ packed }, task) => trial.task({ release: packed }, task) };

const makeRelease: Step = {
  title: 'Make the release',
  // Without this the steps would run at once, as those around them do.
  task: (_, task) => task.newListr([trainAndPack, tryPacked], { concurrent: false }),
};

const packMonitoring: Step = {
  title: 'Pack what the monitoring machine runs',
  enabled: ({ stage }) => stage.settings.monitoring.enabled,
  task: async (draft, task) => {
    draft.monitoring = await packStageMonitoring(draft.stage, reporter(task));
  },
};

const findTarget: Step = {
  task: async (draft, task) => {
    draft.target = await prepareCloudTarget(draft.stage, reporter(task));
    draft.image = draft.target.rehearsal && startImage();
  },
};

const readState: Step = {
  title: 'Read the state',
  task: async (draft) => {
    const { stage, target, now } = draft;
    draft.deployed = await readStateOutputs(stage);
    assertSameIdentity(draft.deployed, identityOf(stage, target.site));
    draft.before = await readDeployment(stage, draft.deployed, now);
    const { image, newer } = await findImage(target.access, {
      filter: stage.settings.fleet.image,
      inService: servingRevision(draft.before.deployment)?.image,
      newest: imageChoice() === 'newest',
    });
    Object.assign(draft, { machineImage: image, newerImage: newer });
  },
};

/** Times of an apply and of a boot in seconds, as measured in the rehearsal and as others report them of AWS. */
const rehearsed = { applySeconds: 6, bootSeconds: 50 };
const onAws = { applySeconds: 20, bootSeconds: 180 };

const decide: Step = {
  title: 'Decide what to deploy',
  task: async (draft) => {
    const { target, before } = draft;
    const { shipment, observed } = await decideShipment(draft);
    Object.assign(draft, { shipment, isNew: !before.deployment?.progress });
    draft.expectations = { observed, ...(target.rehearsal ? rehearsed : onAws) };
  },
};

const synthesize: Step = {
  title: 'Synthesize',
  task: async (draft) => {
    const file = planFile(draft.stage.name);
    let stack = await synthesizeFirst(draft);
    draft.digest = await synthesisDigest(stack);
    draft.saved = draft.reuse && (await hasPlanOf(file, draft.digest));
    if (draft.reuse && !draft.saved) {
      // The time of a plan that is not used would be that of the deployment.
      draft.now = new Date();
      Object.assign(draft, await decideShipment(draft));
      stack = await synthesizeFirst(draft);
      draft.digest = await synthesisDigest(stack);
    }
    draft.terraform = new Terraform(stack, accessEnvironment(draft.target.access, process.env));
  },
};

function synthesizeFirst(draft: Draft): Promise<string> {
  const { shipment, before } = draft;
  const wasSettled = before.deployment?.progress === null;
  return synthesizeFor(draft, shipment.first, { wasSettled, earlier: before.adopted?.earlier });
}

const init: Step = {
  title: 'terraform init',
  task: async ({ stage, terraform }, task) => {
    const mirror = await terraform.init(providerLockFile(stage.name));
    if (mirror) task.title = `terraform init, provider from ${mirror}`;
  },
};

const adopt: Step = {
  title: adoptionTitle,
  enabled: ({ wasKilled }) => wasKilled,
  task: async (draft, task) => {
    const { shipment, expectations } = draft;
    const following = followingValue(shipment.first, expectations.observed);
    const first = () => synthesizeFirst(draft);
    await adoptLeftovers(draft, task, following ? [first, () => synthesizeFor(draft, following)] : [first]);
    if (following) await first();
  },
};

const compare: Step = {
  title: 'Compare the model with the one in service',
  rendererOptions: { outputBar: Number.POSITIVE_INFINITY, persistentOutput: true },
  task: async ({ stage, target, artifact, before }, task) => {
    const release = servingRevision(before.deployment)?.release;
    const inService = release ? modelInService(stage, target, release) : undefined;
    await passGate(artifact, stage, inService, (line) => {
      task.output = line;
    });
  },
};

const plan: Step = {
  title: 'terraform plan',
  task: async (draft, task) => {
    const { stage, terraform, now, digest } = draft;
    const file = planFile(stage.name);
    if (draft.saved) task.title = 'terraform plan, saved by make plan';
    draft.plan = draft.saved ? await terraform.show(file) : await makePlan(file, terraform, digest, now);
  },
};

async function makePlan(file: string, terraform: Terraform, digest: string, now: Date): Promise<PlanDocument> {
  await deletePlan(file);
  const plan = planOfOnly('create', await terraform.planChanges(file)) ?? (await terraform.show(file));
  await savePlanDigest(file, digest, now);
  return plan;
}

/** A running build of the base image. */
export interface ImageBuild {
  /** Waits for the build and reports its progress. */
  follow: (report: (line: string) => void) => Promise<string>;
}

// `follow` rethrows a failure; until then it must not end the process as an unhandled rejection.
function startImage(): ImageBuild {
  let currentReport: (line: string) => void = () => undefined;
  const image = ensureImage((line) => currentReport(line));
  image.catch(() => undefined);
  return {
    follow: (report) => {
      currentReport = report;
      return image;
    },
  };
}
