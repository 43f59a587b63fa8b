import { defaultArtifact } from '../common/paths.ts';
import { readArtifact } from '../model/artifact/read.ts';
import { refusalsOf } from '../model/gate/refusals.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { warn } from './command-line/warn.ts';
import { registerArtifact } from './steps/registry.ts';

const program = createCommand(
  'register',
  "Makes an artifact the next version of the stage's model in the registry; the same one twice is one version. STAGE=<name> chooses the stage.",
)
  .option('--artifact <folder>', 'the artifact', defaultArtifact)
  .action(async ({ artifact: folder }: { artifact: string }) => {
    const stage = await loadStage(stageName());
    const artifact = await readArtifact(folder);
    const promote = await registerArtifact(stage, artifact, folder);
    const refusals = refusalsOf(artifact.manifest, stage.settings.model.gate);
    for (const refusal of refusals) warn(`would not be promoted: ${refusal}`);
    console.log(promote);
  });

await run(program);
