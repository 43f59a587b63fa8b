import type { Manifest } from '../../model/artifact/manifest.ts';
import { ensureImage } from '../../rehearsal/image/build.ts';
import type { ReleaseFile } from '../../stacks/release-file.ts';
import type { Stage } from '../../stages/load.ts';
import { accessEnvironment } from '../access.ts';
import { planFile } from '../paths.ts';
import { reporter, steps } from '../progress.ts';
import type { PlanDocument } from '../terraform/plan.ts';
import { assertTerraform, Terraform } from '../terraform/terraform.ts';
import { assertGood, manifestInService } from './gate.ts';
import { packStage, trainStage } from './release.ts';
import { forgetPlan, hasPlanOf, rememberPlan } from './saved-plan.ts';
import { type Grounds, prepareGrounds } from './site.ts';
import { synthesisDigest, synthesizeStage } from './synthesis.ts';

/** A plan and all that it needs to be applied. */
export interface Planned {
  grounds: Grounds;
  release: ReleaseFile;
  terraform: Terraform;
  plan: PlanDocument;
  /** True where the plan was made earlier, by `make plan`, from the same settings and release. */
  saved: boolean;
  /** The base image in the making; machines need it, the plan does not. Undefined outside the rehearsal. */
  image: ImageBuild | undefined;
}

export interface PlanningProps {
  stage: Stage;
  /** Take the plan that `make plan` left, if it is still of what would be planned now. */
  reuse: boolean;
}

/** Everything up to a plan: learn, pack, start the rehearsal or find the account, synthesize, init, plan. */
export async function planStage({ stage, reuse }: PlanningProps): Promise<Planned> {
  await assertTerraform();
  const planned = {} as Planned;
  let stack = '';
  let model: Manifest;
  await steps([
    {
      title: 'Prepare',
      task: (_, task) =>
        task.newListr(
          [
            {
              title: 'Learn from the labelled texts and pack the release',
              task: async (_context, inner) => {
                const report = reporter(inner);
                model = await trainStage(stage, report);
                planned.release = await packStage(report);
              },
            },
            {
              title: stage.settings.cloud === 'rehearsal' ? 'Start the rehearsal' : 'Find the AWS account',
              task: async (_context, inner) => {
                planned.grounds = await prepareGrounds(stage, reporter(inner));
                planned.image = planned.grounds.rehearsal && startImage();
              },
            },
          ],
          { concurrent: true },
        ),
    },
    {
      title: 'Synthesize',
      task: async () => {
        stack = await synthesizeStage(stage, planned.release, planned.grounds.site);
        planned.terraform = new Terraform(stack, accessEnvironment(planned.grounds.access, process.env));
      },
    },
    {
      title: 'terraform init',
      task: async (_, task) => {
        const mirror = await planned.terraform.init();
        if (mirror) task.title = `terraform init, the provider from ${mirror}`;
      },
    },
    {
      title: 'Compare the model with the one in service',
      task: async () => {
        const deployed = await planned.terraform.outputs();
        const inService = deployed && (await manifestInService(stage, planned.grounds, deployed.release));
        assertGood(model, stage, inService);
      },
    },
    {
      title: 'terraform plan',
      task: async (_, task) => {
        const digest = await synthesisDigest(stack);
        planned.saved = reuse && (await hasPlanOf(planFile(stage.name), digest));
        if (planned.saved) task.title = 'terraform plan, the saved one';
        planned.plan = planned.saved
          ? await planned.terraform.show(planFile(stage.name))
          : await makePlan(stage, planned.terraform, digest);
      },
    },
  ]).run();
  return planned;
}

async function makePlan(stage: Stage, terraform: Terraform, digest: string): Promise<PlanDocument> {
  const file = planFile(stage.name);
  await forgetPlan(file);
  const plan = await terraform.plan(file);
  await rememberPlan(file, digest);
  return plan;
}

/** The base image in the making. */
export interface ImageBuild {
  /** Waits for it; `report` gets what is being done. */
  follow: (report: (line: string) => void) => Promise<string>;
}

// Whoever follows the image gets its failure; until then it must not end the process.
function startImage(): ImageBuild {
  let tell: (line: string) => void = () => undefined;
  const image = ensureImage((line) => tell(line));
  image.catch(() => undefined);
  return {
    follow: (report) => {
      tell = report;
      return image;
    },
  };
}
