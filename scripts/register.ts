import { defaultArtifact } from '../common/paths.ts';
import { writeFileWhole } from '../common/write-file.ts';
import { readArtifact } from '../model/artifact/read.ts';
import { refusalsOf } from '../model/gate/refusals.ts';
import { registryName } from '../model/model-reference.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { warn } from './command-line/warn.ts';
import { registerArtifact } from './steps/registry.ts';

const program = createCommand(
  'register',
  "Makes an artifact the next version of the stage's model in the registry; the same one twice is one version. STAGE=<name> chooses the stage.",
)
  .option('--artifact <folder>', 'the artifact', defaultArtifact)
  .option('--output <file>', 'a JSON file that gets the name, the version and the digest')
  .action(async ({ artifact: folder, output }: { artifact: string; output?: string }) => {
    const stage = await loadStage(stageName());
    const artifact = await readArtifact(folder);
    const { record, promote } = await registerArtifact(stage, artifact, folder);
    if (output !== undefined) {
      const registered = {
        name: registryName(stage.settings.model),
        version: record.version,
        artifact: record.artifact,
      };
      await writeFileWhole(output, `${JSON.stringify(registered, null, 2)}\n`);
    }
    const refusals = refusalsOf(artifact.manifest, stage.settings.model.gate);
    for (const refusal of refusals) warn(`would not be promoted: ${refusal}`);
    console.log(promote);
  });

await run(program);
