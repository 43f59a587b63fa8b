import { relative } from 'node:path';
import { UserError } from '../common/errors.ts';
import { defaultArtifact, defaultReleases } from '../common/paths.ts';
import { findDeployed } from '../deployments/deployed.ts';
import { assertGood, manifestInService } from '../deployments/model-gate.ts';
import type { Manifest } from '../model/artifact/manifest.ts';
import { readArtifact } from '../model/artifact/read.ts';
import { type PackedRelease, packRelease } from '../releases/pack.ts';
import { loadStage, type Stage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { reporter, steps } from './command-line/progress.ts';
import { trial } from './steps/release.ts';

interface Options {
  artifact: string;
  output: string;
}

const program = createCommand(
  'release',
  'Pack runtime, service, bootstrap and model into one archive, named by its content, if the model is good enough.',
)
  .option('--artifact <folder>', 'folder of the trained model', defaultArtifact)
  .option('--output <folder>', 'folder of the archive', defaultReleases)
  .action(async ({ artifact: folder, output }: Options) => {
    const stage = await loadStage(stageName());
    const artifact = await readArtifact(folder);
    assertGood(artifact.manifest, stage, await modelInService(stage));
    const { release } = await steps<{ release: PackedRelease }>([
      {
        title: 'Pack the release',
        task: async (context, task) => {
          context.release = await packRelease({ artifact, output, onStep: reporter(task) });
        },
      },
      trial,
    ]).run({} as { release: PackedRelease });
    console.log(describeRelease(release));
  });

// Packing needs no cloud. Without one, only the limits hold that need no comparison.
async function modelInService(stage: Stage): Promise<Manifest | undefined> {
  try {
    const { target, outputs } = await findDeployed(stage);
    return await manifestInService(stage, target, outputs.release);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(`Not compared with a model in service: ${error.message}`);
    return undefined;
  }
}

function describeRelease({ path, sha256, size }: PackedRelease): string {
  return `${relative('.', path)}: ${(size / 1_000_000).toFixed(1)} MB, SHA-256 ${sha256}`;
}

await run(program);
