import { readCheckpoint } from './checkpoint.ts';
import type { ChunkFormat, Counts } from './chunk.ts';
import { Input, identityOf, type Place } from './input.ts';
import type { ClassifyOptions } from './options.ts';
import { classify } from './run.ts';
import { fileSink, pathsFor, type Sink, streamSink } from './sink.ts';
import type { Answerer } from './threads.ts';

export interface AnswerProps {
  options: ClassifyOptions;
  /** The version of the model that answers. */
  model: string;
  start: (format: ChunkFormat) => Answerer | Promise<Answerer>;
  signal: AbortSignal;
  /** Receives messages, a line each. */
  tell: (line: string) => void;
  report: (counts: Counts, place: Place, from: { counts: Counts; place: Place }, size: number | undefined) => void;
}

/** Answers an input as the options say, and goes on where an interrupted run of the same work has stopped. */
export async function answerInput({ options, model, start, signal, tell, report }: AnswerProps): Promise<Counts> {
  const identity = options.input === undefined ? undefined : await identityOf(options.input);
  const input = await Input.open(options);
  const { format: output } = options.outputFormat;
  const format: ChunkFormat = {
    layout: input.layout,
    answers: { format: output === 'lines' ? 'csv' : output, top: options.top },
    isCompressed: options.outputFormat.isCompressed,
  };
  const work = { input: identity, layout: input.layout, answers: format.answers, model };
  const { sink, checkpoint } = await openSink(options, work, tell);
  if (checkpoint) tell(`goes on after ${checkpoint.counts.answered + checkpoint.counts.bad} texts of the run before`);
  const from = { counts: checkpoint?.counts ?? nothing, place: checkpoint?.place ?? input.start };
  const size = options.inputFormat.isCompressed ? undefined : identity?.bytes;
  const answerer = await start(format);
  try {
    return await classify({
      ...{ input, format, answerer, sink, work, checkpoint, signal },
      report: (counts, place) => report(counts, place, from, size),
    });
  } finally {
    await Promise.all([answerer.end(), sink.close()]);
  }
}

const nothing: Counts = { answered: 0, unknown: 0, bad: 0 };

// What comes by a pipe cannot be read again from a place on.
async function openSink({ input, output }: ClassifyOptions, work: Record<string, unknown>, tell: AnswerProps['tell']) {
  if (output === undefined) return { sink: streamSink(process.stdout, tell), checkpoint: undefined };
  const paths = pathsFor(output);
  const checkpoint = input === undefined ? undefined : await readCheckpoint(paths.checkpoint, work);
  const sink: Sink = await fileSink(paths, checkpoint);
  return { sink, checkpoint };
}
