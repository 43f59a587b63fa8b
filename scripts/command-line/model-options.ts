import { type Command, InvalidArgumentError, Option } from 'commander';
import { UserError } from '../../common/errors.ts';
import { check, describeProblems } from '../../common/validation.ts';
import { algorithmNames } from '../../model/algorithms/names.ts';
import { type ModelSettings, modelSettings } from '../../model/settings.ts';
import { loadStage } from '../../stages/load.ts';
import { command, stageName } from './command.ts';

function parseNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError('expected a number');
  return value;
}

/** A command with the options that say which labelled texts there are. */
export const dataCommand = (name: string, description: string): Command =>
  command(name, description)
    .option('--data <path>', "labelled texts: .csv, .tsv or .jsonl (without it, the project's own four intents)")
    .option('--test <path>', 'texts to measure with (without it, a share of --data is held out)')
    .option('--golden <path>', 'texts that must be right (without it, golden.csv beside --data, where there is one)')
    .option('--text-column <name>', 'the column that holds the texts (text)')
    .option('--intent-column <name>', 'the column that holds the intents (intent)')
    .option('--out-of-scope-label <intent>', 'the intent of texts that no intent fits (unknown)')
    .option('--test-share <share>', 'how much is held out without --test', parseNumber)
    .option('--seed <number>', 'chooses what is held out, and every other chance', parseNumber);

/** The options that say how to learn. */
export const learningOptions = (command: Command): Command =>
  command
    .option('--validation <path>', 'texts to calibrate with (without it, cross-validation on --data)')
    .option('--out-of-scope-share <share>', 'how much of the traffic no intent fits (0.1)', parseNumber)
    .option('--threshold <confidence>', 'below it the answer is unknown (without it, chosen)', parseNumber)
    .addOption(new Option('--profile <name>', 'accurate averages several models').choices(['default', 'accurate']))
    .addOption(new Option('--algorithm <name>', 'what to learn with').choices(algorithmNames));

type Given = Partial<Record<string, unknown>> & { textColumn?: string; intentColumn?: string };

/** The stage's `model` section, with what the command line says instead; other data brings its own test texts. */
export async function settingsFrom(given: Given): Promise<ModelSettings> {
  const { settings } = await loadStage(stageName());
  return mergeSettings(settings.model, given);
}

/** Puts options over settings, and validates the result as the settings file's `model` section is validated. */
export function mergeSettings(stage: ModelSettings, given: Given): ModelSettings {
  const { textColumn, intentColumn, ...others } = given;
  const { test: _, validation: __, golden: ___, ...withoutFiles } = stage;
  const base = others.data === undefined ? stage : withoutFiles;
  const columns = {
    text: textColumn ?? stage.columns.text,
    intent: intentColumn ?? stage.columns.intent,
  };
  const { data, problems } = check(modelSettings, { ...base, ...others, columns });
  if (!problems) return data;
  throw new UserError(describeProblems(problems).join('\n'));
}
