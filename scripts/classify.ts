import { availableParallelism } from 'node:os';
import { answerInput } from '../classification/answer-input.ts';
import type { ChunkFormat, Counts } from '../classification/chunk.ts';
import { startFleet } from '../classification/fleet.ts';
import { classifyOptions } from '../classification/options.ts';
import { progressReporter } from '../classification/progress.ts';
import { type Answerer, startThreads } from '../classification/threads.ts';
import { UserError } from '../common/errors.ts';
import { defaultArtifact } from '../common/paths.ts';
import { endpointOf } from '../deployments/endpoint.ts';
import { readArtifact } from '../model/artifact/read.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName, untilInterrupted } from './command-line/command.ts';
import { deployedStage } from './steps/deployed.ts';

/** What answers, and the name of the model in the checkpoint. */
interface Source {
  model: string;
  start: (format: ChunkFormat) => Answerer | Promise<Answerer>;
}

async function ownModel(artifact: string): Promise<Source> {
  const { manifest } = await readArtifact(artifact);
  return { model: manifest.version, start: (format) => startThreads(availableParallelism(), { artifact, format }) };
}

async function fleet(apiKey: string | undefined, signal: AbortSignal): Promise<Source> {
  const { target, outputs } = await deployedStage(await loadStage(stageName()));
  const endpoint = endpointOf(target, outputs);
  return { model: endpoint.url, start: (format) => startFleet({ endpoint, apiKey, format, signal }) };
}

function summary({ answered, unknown, bad }: Counts, output: string | undefined): string {
  const bads = bad === 0 ? '' : output === undefined ? `, ${bad} bad lines` : `, ${bad} bad lines in ${output}.bad.csv`;
  return `${answered} texts answered, ${unknown} of them unknown${bads}`;
}

const program = createCommand('classify', 'Find the intents of all texts in a file.')
  .option('--artifact <folder>', 'the model', defaultArtifact)
  .addHelpText(
    'after',
    `
IN=<file>             .csv, .tsv, .jsonl or .txt (one text a line), with or without .gz; without it the standard input
OUT=<file>            .csv, .tsv or .jsonl, with or without .gz; without it the standard output
FORMAT=<format>       of the standard input: csv, tsv, jsonl or txt (csv)
TEXT_COLUMN=<name>    the column, or key, that holds the texts (text)
TOP=<number>          how many of the likeliest intents, at most 100 (1)
VIA=fleet             the machines of STAGE answer, instead of the model on this machine
API_KEY=<key>         the API key to send, where the stage asks for one

Lines that cannot be answered are in OUT.bad.csv, with their number and the reason. When it is interrupted, the same command goes on.
The status is 0 when the input was read to its end, bad lines or not, 130 after Ctrl-C, and 1 when it failed.`,
  )
  .action(async ({ artifact }: { artifact: string }) => {
    const options = classifyOptions(process.env);
    const isResumable = options.input !== undefined && options.output !== undefined;
    const signal = untilInterrupted(isResumable ? 'interrupted; the same command goes on from here' : 'interrupted');
    const source = options.viaFleet ? await fleet(options.apiKey, signal) : await ownModel(artifact);
    const tell = (line: string) => console.error(line);
    const progress = progressReporter(process.stderr);
    const counts = await answerInput({ options, ...source, signal, tell, report: progress.report }).finally(
      progress.end,
    );
    tell(summary(counts, options.output));
    if (counts.answered === 0) throw new UserError('expected texts that can be answered, got none');
  });

await run(program);
