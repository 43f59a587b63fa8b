import { Command, InvalidArgumentError, Option } from 'commander';
import type { DefaultRenderer, ListrTaskWrapper, SimpleRenderer } from 'listr2';
import * as z from 'zod';
import { algorithmNames } from '../model/algorithms/names.ts';
import { ArtifactError } from '../model/artifact.ts';
import { DataError } from '../model/datasets/example.ts';
import { type ModelSettings, modelSettings } from '../model/settings.ts';
import type { OnProgress } from '../model/train.ts';

function parseNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError('expected a number');
  return value;
}

/** A command with the options that say which labelled texts there are. */
export const dataCommand = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .option('--data <path>', "labelled texts: .csv, .tsv or .jsonl (without it, the project's own four intents)")
    .option('--test <path>', 'texts to measure with (without it, a share of --data is held out)')
    .option('--golden <path>', 'texts that must be right (without it, golden.csv beside --data, where there is one)')
    .option('--text-column <name>', 'the column that holds the texts', 'text')
    .option('--intent-column <name>', 'the column that holds the intents', 'intent')
    .option('--out-of-scope-label <intent>', 'the intent of texts that no intent fits', 'unknown')
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

type Given = Record<string, unknown> & { textColumn?: string; intentColumn?: string };

/** Validates the options as the settings file's `model` section is validated. */
export function settingsFrom(options: Given): ModelSettings {
  const { textColumn: text, intentColumn: intent, ...others } = options;
  return modelSettings.parse({ ...others, columns: { text, intent } });
}

/** Runs a command; what a person can mend is told in a sentence, without a stack. */
export async function run(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    console.error(sentenceFor(error));
    process.exitCode = 1;
  }
}

function sentenceFor(error: unknown): unknown {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof DataError || error instanceof ArtifactError || error instanceof RangeError
    ? error.message
    : error;
}

type Task = Pick<ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof SimpleRenderer>, 'output'>;

/** Shows steps and shares: often on a terminal, and a line per quarter elsewhere. */
export function showProgress(task: Task, terminal = process.stdout.isTTY): OnProgress {
  const parts = terminal ? 100 : 4;
  let shown = '';
  return async (step, share) => {
    const line = `${step} ${Math.floor((Math.floor(share * parts) * 100) / parts)} %`;
    if (line !== shown) task.output = line;
    shown = line;
    // Lets the line be drawn and Ctrl-C be heard.
    await new Promise(setImmediate);
  };
}
