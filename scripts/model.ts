import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeFileWhole } from '../common/write-file.ts';
import type { Manifest } from '../model/artifact/manifest.ts';
import { compareManifests } from '../model/gate/comparison.ts';
import { describeModelChange } from '../model/gate/model-change.ts';
import { newestAlias, registryName } from '../model/model-reference.ts';
import { describeCard } from '../registry/card/card.ts';
import { cardMarkdown } from '../registry/card/markdown.ts';
import { cardPage } from '../registry/card/page.ts';
import type { ModelRegistry } from '../registry/model-registry.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { readVersion, stageRegistry } from './steps/registry.ts';

interface ModelCommandOptions {
  version?: string;
  against?: string;
  output: string;
}

async function show({ version, against, output }: ModelCommandOptions): Promise<void> {
  const stage = await loadStage(stageName());
  const registry = stageRegistry(stage);
  const name = registryName(stage.settings.model);
  const { record, artifact } = await readVersion(registry, version ?? newestAlias);
  const aliases = [...(await registry.history()).aliases].flatMap(([alias, at]) =>
    at === record.version ? alias : [],
  );
  const card = describeCard({ name, record, manifest: artifact.manifest, aliases });
  const markdown = cardMarkdown(card);
  console.log(markdown);
  if (against !== undefined) console.log(await comparison(registry, artifact.manifest, against));
  const folder = join(output, `${name}-${record.version}`);
  await writeFileWhole(join(folder, 'card.md'), markdown);
  await writeFileWhole(join(folder, 'card.html'), cardPage(card, artifact.manifest));
  console.log(`The card: ${pathToFileURL(resolve(folder, 'card.html')).href}`);
}

async function comparison(registry: ModelRegistry, manifest: Manifest, against: string): Promise<string> {
  const other = (await readVersion(registry, against, 'AGAINST')).artifact.manifest;
  if (other.version === manifest.version) return 'Both are the same version.\n';
  const compared = compareManifests(manifest, other);
  const lines = describeModelChange(manifest, other, compared);
  const how = 'They were measured on different texts; make promote-model compares them on the same.';
  return `${[...lines, ...(compared ? [] : [how])].join('\n')}\n`;
}

const program = createCommand(
  'model',
  "Prints the card of a version of the stage's model, writes it as a page, and compares it with another one. STAGE=<name> chooses the stage.",
)
  .option('--version <number>', 'the version, by its number or an alias (the newest)')
  .option('--against <number>', 'another version to compare it with')
  .option('--output <folder>', 'where the card is written', 'build/models')
  .action(show);

await run(program);
