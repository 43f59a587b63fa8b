import type { ListrTask } from 'listr2';
import { planFile } from '../../common/paths.ts';
import { accessEnvironment } from '../../deployments/access.ts';
import { type CloudTarget, prepareCloudTarget } from '../../deployments/cloud-target.ts';
import { modelInService } from '../../deployments/model-in-service.ts';
import type { Artifact } from '../../model/artifact/artifact.ts';
import { ensureImage } from '../../rehearsal/image/build.ts';
import type { ReleaseArchive } from '../../stacks/release-archive.ts';
import { synthesisDigest, synthesizeStage } from '../../stacks/synthesize.ts';
import type { Stage } from '../../stages/load.ts';
import type { PlanDocument } from '../../terraform/plan.ts';
import { deletePlan, hasPlanOf, savePlanDigest } from '../../terraform/saved-plan.ts';
import { Terraform } from '../../terraform/terraform.ts';
import { assertTerraform } from '../../terraform/version.ts';
import { reporter, steps } from '../command-line/progress.ts';
import { passGate } from './gate.ts';
import { packStage, trainStage, trial } from './release.ts';

/** A plan and what is needed to apply it. */
export interface Planned {
  target: CloudTarget;
  terraform: Terraform;
  plan: PlanDocument;
  /** True where `make plan` made the plan earlier from the same synthesis. */
  saved: boolean;
  /** The build of the rehearsal's base image, which machines need and the plan does not; undefined on AWS. */
  image: ImageBuild | undefined;
}

/** The values that the steps pass to each other. */
interface Draft extends Planned {
  stage: Stage;
  reuse: boolean;
  artifact: Artifact;
  release: ReleaseArchive;
  /** The folder that Terraform runs in. */
  stack: string;
}

type Step = ListrTask<Draft>;

/**
 * Runs all steps up to a plan: train, pack, start the rehearsal or find the account, synthesize, init, plan. `reuse`: use
 * the plan that `make plan` saved, if it was made from the same synthesis.
 */
export async function planStage(stage: Stage, reuse: boolean): Promise<Planned> {
  await assertTerraform();
  const title = stage.settings.cloud === 'rehearsal' ? 'Start the rehearsal' : 'Find the AWS account';
  return steps<Draft>([
    {
      title: 'Prepare',
      task: (_, task) => task.newListr([makeRelease, { ...findTarget, title }], { concurrent: true }),
    },
    synthesize,
    init,
    compare,
    plan,
  ]).run({ stage, reuse } as Draft);
}

const trainAndPack: Step = {
  title: 'Train the model and pack the release',
  task: async (draft, task) => {
    const report = reporter(task);
    draft.artifact = await trainStage(draft.stage, report);
    draft.release = await packStage(draft.artifact, report);
  },
};

const makeRelease: Step = {
  title: 'Make the release',
  // Without this the steps would run at once, as those around them do.
  task: (_, task) => task.newListr([trainAndPack, trial], { concurrent: false }),
};

const findTarget: Step = {
  task: async (draft, task) => {
    draft.target = await prepareCloudTarget(draft.stage, reporter(task));
    draft.image = draft.target.rehearsal && startImage();
  },
};

const synthesize: Step = {
  title: 'Synthesize',
  task: async (draft) => {
    const { stage, release, target } = draft;
    draft.stack = await synthesizeStage(stage, release, target.site);
    draft.terraform = new Terraform(draft.stack, accessEnvironment(target.access, process.env));
  },
};

const init: Step = {
  title: 'terraform init',
  task: async ({ terraform }, task) => {
    const mirror = await terraform.init();
    if (mirror) task.title = `terraform init, provider from ${mirror}`;
  },
};

const compare: Step = {
  title: 'Compare the model with the one in service',
  rendererOptions: { outputBar: Number.POSITIVE_INFINITY, persistentOutput: true },
  task: async ({ stage, terraform, target, artifact }, task) => {
    const deployed = await terraform.outputs();
    const inService = deployed?.release ? modelInService(stage, target, deployed.release) : undefined;
    await passGate(artifact, stage, inService, (line) => {
      task.output = line;
    });
  },
};

const plan: Step = {
  title: 'terraform plan',
  task: async (draft, task) => {
    const { stage, terraform, stack, reuse } = draft;
    const file = planFile(stage.name);
    const digest = await synthesisDigest(stack);
    draft.saved = reuse && (await hasPlanOf(file, digest));
    if (draft.saved) task.title = 'terraform plan, saved by make plan';
    draft.plan = draft.saved ? await terraform.show(file) : await makePlan(file, terraform, digest);
  },
};

async function makePlan(file: string, terraform: Terraform, digest: string): Promise<PlanDocument> {
  await deletePlan(file);
  const plan = await terraform.plan(file);
  await savePlanDigest(file, digest);
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
