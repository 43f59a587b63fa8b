import { resolve } from 'node:path';
import { UserError } from '../common/errors.ts';
import { predictLimits } from '../common/predict-limits.ts';
import { type FileFormat, formatNamed, formatOf } from './formats.ts';

/** What is classified, and where the answers go. */
export interface ClassifyOptions {
  /** Undefined is the standard input. */
  readonly input: string | undefined;
  readonly inputFormat: FileFormat;
  /** Undefined is the standard output. */
  readonly output: string | undefined;
  readonly outputFormat: FileFormat;
  /** The column, or key, that holds the texts. */
  readonly column: string;
  /** The number of likeliest intents in an answer. */
  readonly top: number;
  /** Whether the fleet of the stage answers, instead of the model on this machine. */
  readonly viaFleet: boolean;
  readonly apiKey: string | undefined;
}

const { alternatives: mostAlternatives } = predictLimits;

/** Reads the options from the variables IN, OUT, FORMAT, TEXT_COLUMN, TOP, VIA and API_KEY. */
export function classifyOptions(environment: NodeJS.ProcessEnv): ClassifyOptions {
  const value = (name: string): string | undefined => environment[name] || undefined;
  const [input, output] = [value('IN'), value('OUT')];
  if (input !== undefined && output !== undefined && resolve(input) === resolve(output))
    throw new UserError(`OUT=${output}: expected another file than IN`);
  const inputFormat = input === undefined ? formatNamed(value('FORMAT')) : formatOf('IN', input);
  return {
    input,
    inputFormat,
    output,
    outputFormat: output === undefined ? standardOutput(inputFormat) : writable(output),
    column: value('TEXT_COLUMN') ?? 'text',
    top: topOf(value('TOP')),
    viaFleet: isFleet(value('VIA')),
    apiKey: value('API_KEY'),
  };
}

// What has one text a line has no place for an answer.
function standardOutput({ format }: FileFormat): FileFormat {
  return { format: format === 'lines' ? 'csv' : format, isCompressed: false };
}

function writable(output: string): FileFormat {
  const file = formatOf('OUT', output);
  if (file.format !== 'lines') return file;
  throw new UserError(`OUT=${output}: expected a name that ends in .csv, .tsv or .jsonl: an answer has several values`);
}

function topOf(text = '1'): number {
  const top = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (top >= 1 && top <= mostAlternatives) return top;
  throw new UserError(`TOP=${text}: expected a whole number from 1 to ${mostAlternatives}`);
}

function isFleet(via: string | undefined): boolean {
  if (via === undefined || via === 'fleet') return via === 'fleet';
  throw new UserError(`VIA=${via}: expected fleet, or nothing to answer on this machine`);
}
