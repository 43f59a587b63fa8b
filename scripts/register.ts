import { defaultArtifact } from '../common/paths.ts';
import { readArtifact } from '../model/artifact/read.ts';
import { refusalsOf } from '../model/gate/refusals.ts';
import { registryName } from '../model/model-reference.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName, withStage } from './command-line/command.ts';
import { warn } from './command-line/warn.ts';
import { commitOfCheckout } from './steps/commit.ts';
import { stageRegistry } from './steps/registry.ts';

const program = createCommand(
  'register',
  "Makes an artifact the next version of the stage's model in the registry; the same one twice is one version. STAGE=<name> chooses the stage.",
)
  .option('--artifact <folder>', 'the artifact', defaultArtifact)
  .action(async ({ artifact: folder }: { artifact: string }) => {
    const stage = await loadStage(stageName());
    const { registry: place, model } = stage.settings;
    const artifact = await readArtifact(folder);
    const { record, isNew } = await stageRegistry(stage).register(artifact, {
      now: new Date(),
      commit: await commitOfCheckout(),
    });
    const { version } = record;
    console.log(`${folder} is ${isNew ? '' : 'already '}version ${version} of ${registryName(model)} in ${place}`);
    for (const refusal of refusalsOf(artifact.manifest, model.gate)) warn(`would not be promoted: ${refusal}`);
    console.log(withStage(`Promote it with: make promote-model VERSION=${version} TO=staging`));
  });

await run(program);
