import { type Command, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import { UserError } from '../../common/errors.ts';
import { readYaml } from '../../common/read-yaml.ts';
import { shellWord } from '../../common/shell-word.ts';
import { check, describeInvalid, describeProblems } from '../../common/validation.ts';
import { algorithmNames, profileNames } from '../../model/algorithm-names.ts';
import { type ModelSettings, modelSettings } from '../../model/settings.ts';
import { loadStage } from '../../stages/load.ts';
import { createCommand, stageName } from './command.ts';

// The rest is validated with what it is merged with.
const settingsFile = z.strictObject({ model: z.record(z.string(), z.unknown()) });

function parseNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError('expected a number');
  return value;
}

/** Creates a command with the options for labelled texts. */
export function dataCommand(name: string, description: string): Command {
  return createCommand(name, description)
    .option('--data <path>', "labelled texts: .csv, .tsv or .jsonl (without it, the project's own four intents)")
    .option('--test <path>', 'texts to measure with (without it, a share of --data is held out)')
    .option('--golden <path>', 'texts that must be right (without it, golden.csv beside --data, if there is one)')
    .option('--text-column <name>', 'the column that holds the texts (text)')
    .option('--intent-column <name>', 'the column that holds the intents (intent)')
    .option('--out-of-scope-label <intent>', 'the label of out-of-scope texts (unknown)')
    .option('--test-share <share>', 'the share that is held out without --test', parseNumber)
    .option('--seed <number>', 'the seed of the held-out share and of all other random choices', parseNumber);
}

/** Adds the options for training to a command. */
export function learningOptions(command: Command): Command {
  return command
    .option('--validation <path>', 'texts to calibrate with (without it, cross-validation on --data)')
    .option('--out-of-scope-share <share>', 'the share of the traffic that is out of scope (0.1)', parseNumber)
    .option(
      '--threshold <confidence>',
      'below it the answer is unknown (without it, chosen on held-out texts)',
      parseNumber,
    )
    .addOption(
      new Option('--profile <name>', 'accurate averages several models, semantic adds token vectors').choices(
        profileNames,
      ),
    )
    .addOption(new Option('--algorithm <name>', 'the algorithm of the default profile').choices(algorithmNames));
}

/** The options for labelled texts and training that were given. */
export type ModelOptions = Partial<Record<string, unknown>> & { textColumn?: string; intentColumn?: string };

/** Returns the stage's `model` section with the options of the command line merged over it. */
export async function settingsFrom(given: ModelOptions): Promise<ModelSettings> {
  const { settings } = await loadStage(stageName());
  return mergeSettings(settings.model, given);
}

/** Returns what a file says under `model`, as options. */
export async function optionsOfFile(path: string): Promise<ModelOptions> {
  const { data, problems } = check(settingsFile, await readYaml(path));
  if (!problems) return data.model;
  throw new UserError(describeInvalid(`${path}: not the settings of a model:`, problems));
}

/** Merges options over settings and validates the result. With other data, the stage's test texts are not used. */
export function mergeSettings(stage: ModelSettings, given: ModelOptions): ModelSettings {
  const { textColumn, intentColumn, ...others } = given;
  const { test: _, validation: __, golden: ___, ...withoutFiles } = stage;
  const base = others.data === undefined ? stage : withoutFiles;
  const columns = {
    ...stage.columns,
    ...(others.columns as object | undefined),
    ...(textColumn !== undefined && { text: textColumn }),
    ...(intentColumn !== undefined && { intent: intentColumn }),
  };
  const { data, problems } = check(modelSettings, { ...base, ...others, columns });
  if (!problems) return data;
  throw new UserError(describeProblems(problems).join('\n'));
}

/** The variables of make by which options for labelled texts are given. */
const variables = { data: 'DATA', test: 'TEST', textColumn: 'TEXT_COLUMN', intentColumn: 'INTENT_COLUMN' } as const;

/** Returns what a person types after a command of make to name the same texts. */
export function dataVariables(given: ModelOptions): string {
  return Object.entries(variables)
    .flatMap(([option, variable]) =>
      given[option] === undefined ? [] : ` ${variable}=${shellWord(String(given[option]))}`,
    )
    .join('');
}
