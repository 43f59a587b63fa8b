import { relative } from 'node:path';
import { UserError } from '../common/errors.ts';
import { defaultArtifact, defaultReleases } from '../common/paths.ts';
import { findDeployed } from '../deployments/deployed.ts';
import { parseDeployment } from '../deployments/deployment.ts';
import { type ModelInService, modelInService } from '../deployments/model-in-service.ts';
import { servingRevision } from '../deployments/read-deployment.ts';
import type { Artifact } from '../model/artifact/artifact.ts';
import { readArtifact } from '../model/artifact/read.ts';
import { type PackedRelease, packRelease } from '../releases/pack.ts';
import { loadStage, type Stage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { reporter, steps } from './command-line/progress.ts';
import { passGate, unlessImpossible } from './steps/gate.ts';
import { provideModel, trial } from './steps/release.ts';

interface Options {
  artifact?: string;
  output: string;
}

const program = createCommand(
  'release',
  'Pack runtime, service, bootstrap and model into one archive, named by its content, if the model is good enough.',
)
  .option('--artifact <folder>', `folder of the model (what the stage names, or ${defaultArtifact})`)
  .option('--output <folder>', 'folder of the archive', defaultReleases)
  .action(async (options: Options) => {
    const stage = await loadStage(stageName());
    const tell = (line: string) => console.error(line);
    const artifact = await modelOf(stage, options.artifact, tell);
    // Packing needs no cloud. Without one, only the limits hold that need no comparison.
    await passGate(artifact, stage, await unlessImpossible(() => deployedModel(stage), tell), tell);
    const { release } = await steps<{ release: PackedRelease }>([
      {
        title: 'Pack the release',
        task: async (context, task) => {
          context.release = await packRelease({ artifact, output: options.output, onStep: reporter(task) });
        },
      },
      trial,
    ]).run({} as { release: PackedRelease });
    console.log(describeRelease(release));
  });

function modelOf(stage: Stage, folder: string | undefined, tell: (line: string) => void): Promise<Artifact> {
  const { registry, artifact } = stage.settings.model;
  const isNamed = folder === undefined && (registry !== undefined || artifact !== undefined);
  return isNamed ? provideModel(stage, tell) : readArtifact(folder ?? defaultArtifact);
}

async function deployedModel(stage: Stage): Promise<ModelInService> {
  const { target, outputs } = await findDeployed(stage);
  const release = servingRevision(parseDeployment(outputs.deployment))?.release;
  if (release === undefined) throw new UserError(`Nothing serves in ${stage.name} yet: make apply STAGE=${stage.name}`);
  return modelInService(stage, target, release);
}

function describeRelease({ path, sha256, size }: PackedRelease): string {
  return `${relative('.', path)}: ${(size / 1_000_000).toFixed(1)} MB, SHA-256 ${sha256}`;
}

await run(program);
