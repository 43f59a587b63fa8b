import { type Command, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import { UserError } from '../../common/errors.ts';
import { readYaml } from '../../common/read-yaml.ts';
import { shellWord } from '../../common/shell-word.ts';
import { check, describeProblems, parseChecked } from '../../common/validation.ts';
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

/** Returns the stage's `model` section with what a file says, and then the options of the command line, merged over it. */
export async function settingsFrom(given: ModelOptions, file?: SettingsFile): Promise<ModelSettings> {
  const { model } = (await loadStage(stageName())).settings;
  return mergeSettings(file ? mergeFile(model, file) : model, given);
}

/** A file of settings and what it says under `model`. */
export interface SettingsFile {
  path: string;
  model: ModelOptions;
}

/** Reads a file of settings. */
export async function readSettingsFile(path: string): Promise<SettingsFile> {
  const { model } = parseChecked(settingsFile, await readYaml(path), titleOf(path));
  return { path, model };
}

/** What belongs to a way to learn, which a file replaces as a whole. */
const wayToLearn = ['profile', 'algorithm', 'cost', 'features', 'descriptions'] as const;

/** Merges what a file says over settings. */
export function mergeFile(stage: ModelSettings, { path, model }: SettingsFile): ModelSettings {
  const isWhole = wayToLearn.some((key) => key in model);
  const replaced = isWhole ? Object.fromEntries(wayToLearn.map((key) => [key, undefined])) : {};
  const columns = { ...stage.columns, ...(model.columns as object | undefined) };
  return parseChecked(modelSettings, { ...stageFor(stage, model), ...replaced, ...model, columns }, titleOf(path));
}

function titleOf(path: string): string {
  return `${path}: not the settings of a model:`;
}

/** Merges options over settings and validates the result. */
export function mergeSettings(stage: ModelSettings, given: ModelOptions): ModelSettings {
  const { textColumn, intentColumn, ...others } = given;
  const columns = {
    text: textColumn ?? stage.columns.text,
    intent: intentColumn ?? stage.columns.intent,
  };
  const { data, problems } = check(modelSettings, { ...stageFor(stage, given), ...others, columns });
  if (!problems) return data;
  throw new UserError(describeProblems(problems).join('\n'));
}

// With other data, the test texts of the stage are not used.
function stageFor(stage: ModelSettings, { data }: ModelOptions): Partial<ModelSettings> {
  const { test: _, validation: __, golden: ___, ...withoutFiles } = stage;
  return data === undefined ? stage : withoutFiles;
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
