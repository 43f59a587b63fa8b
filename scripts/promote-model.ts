import { UserError } from '../common/errors.ts';
import { defaultArtifact } from '../common/paths.ts';
import { readArtifact } from '../model/artifact/read.ts';
import { isMovable, newestAlias, registryName } from '../model/model-reference.ts';
import type { ModelRegistry } from '../registry/model-registry.ts';
import { loadStage, type Stage } from '../stages/load.ts';
import { run, stageName } from './command-line/command.ts';
import { dataCommand, type ModelOptions, mergeSettings } from './command-line/model-options.ts';
import { reporter, steps } from './command-line/progress.ts';
import { passPromotion } from './steps/promotion.ts';
import { type ReadVersion, readVersion, stageRegistry } from './steps/registry.ts';

interface PromoteOptions extends ModelOptions {
  version?: string;
  to: string;
  reason: string;
}

interface Context {
  candidate: ReadVersion;
  /** The version that has the alias. */
  current: ReadVersion | undefined;
  /** Why the candidate is not judged. */
  known: string | false;
}

async function promote({ version, to, reason, ...given }: PromoteOptions): Promise<void> {
  const stage = await withOptions(given);
  const registry = stageRegistry(stage);
  const { model, registry: place } = stage.settings;
  const name = registryName(model);
  await steps<Context>([
    {
      title: `Read ${name} from ${place}`,
      task: async (context) => {
        context.candidate = await (version === undefined ? trained(registry) : readVersion(registry, version));
        const { moves, aliases } = await registry.history();
        const current = aliases.get(to);
        context.current = current === undefined ? undefined : await readVersion(registry, String(current));
        // The way back must be open to people, whatever the texts say.
        const wanted = context.candidate.record.version;
        const had = version !== undefined && moves.some((move) => move.alias === to && move.version === wanted);
        context.known = had && `version ${wanted} had this alias before`;
      },
    },
    {
      title: 'Judge it',
      skip: ({ known }) => known,
      task: ({ candidate, current }, task) => passPromotion(candidate, current, stage, reporter(task)),
    },
    {
      title: `Move ${to}`,
      task: async ({ candidate, current }, task) => {
        const { version } = candidate.record;
        const from = current?.record.version ?? null;
        const moved = await registry.move({ alias: to, version, from, reason }, new Date());
        const before = from === null ? 'nothing' : `version ${from}`;
        task.title = moved ? `${to}: ${before} → version ${version}` : `${to} is version ${version} already`;
      },
    },
  ]).run({} as Context);
  console.log(`A stage deploys it that says, in stages/<name>.yaml:\n\n  model:\n    registry: ${name}@${to}`);
}

/** Returns the version that was trained last. */
async function trained(registry: ModelRegistry): Promise<ReadVersion> {
  const artifact = await readArtifact(defaultArtifact);
  return { record: await registry.findArtifact(artifact.manifest.version), artifact };
}

async function withOptions(given: ModelOptions): Promise<Stage> {
  const { name, settings } = await loadStage(stageName());
  return { name, settings: { ...settings, model: mergeSettings(settings.model, given) } };
}

const program = dataCommand(
  'promote-model',
  "Moves an alias of the registry to a version, unless the gate refuses it: both versions answer the same held-out texts, those of the stage's data. STAGE=<name> chooses the stage.",
)
  .option('--version <number>', 'the version, by its number or an alias (the one that was trained last)')
  .requiredOption('--to <alias>', 'the alias to move, such as staging or production', (text) => {
    if (isMovable(text)) return text;
    throw new UserError(
      `TO=${text}: expected an alias such as staging or production, of lower-case letters, digits and hyphens; ${newestAlias} is always the newest version, and v2 would be taken for a version`,
    );
  })
  .option('--reason <sentence>', 'why, for the records', 'promoted by hand')
  .action(promote);

await run(program);
