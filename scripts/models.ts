import { parseDeployment } from '../deployments/deployment.ts';
import { readStateOutputs } from '../deployments/state-outputs.ts';
import { registryName } from '../model/model-reference.ts';
import { loadStage, type Stage } from '../stages/load.ts';
import { createCommand, run, stageName, withStage } from './command-line/command.ts';
import { modelsText } from './command-line/models-text.ts';
import { warn } from './command-line/warn.ts';
import { stageRegistry } from './steps/registry.ts';

/** Returns the digest of the model that a stage serves; says so where its state cannot be read. */
async function servingIn(stage: Stage): Promise<Map<string, string>> {
  const outputs = await readStateOutputs(stage).catch((error: Error) => {
    warn(`which version serves is not known: ${error.message}`);
    return undefined;
  });
  if (outputs?.deployment === undefined) return new Map();
  const { live, tracks, revisions } = parseDeployment(outputs.deployment);
  const revision = revisions[tracks[live].revision ?? ''];
  return new Map(revision && [[stage.name, revision.modelVersion]]);
}

const program = createCommand(
  'models',
  "List the versions of the stage's model in the registry, their aliases, and which one serves. STAGE=<name> chooses the stage.",
)
  .option('--json', 'print JSON for other programs')
  .action(async ({ json }: { json?: boolean }) => {
    const stage = await loadStage(stageName());
    const { registry: place, model } = stage.settings;
    const name = registryName(model);
    const registry = stageRegistry(stage);
    const [versions, { moves, aliases }] = await Promise.all([registry.versions(), registry.history()]);
    if (json)
      console.log(JSON.stringify({ name, place, versions, aliases: Object.fromEntries(aliases), moves }, null, 2));
    else if (versions.length === 0)
      console.log(withStage(`${place}: ${name} has no versions; register one with: make register`));
    else console.log(modelsText({ versions, aliases, moves, serving: await servingIn(stage) }));
  });

await run(program);
