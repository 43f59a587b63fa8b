import { gzipSync } from 'node:zlib';
import { identify, type ProcessIdentity } from '../common/processes.ts';
import { headerLine } from './answers.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { ChunkAnswers, ChunkFormat, Counts } from './chunk.ts';
import type { Input, Place, ReadChunk } from './input.ts';
import type { Sink } from './sink.ts';
import type { Answerer } from './threads.ts';

export interface ClassifyProps {
  input: Input;
  format: ChunkFormat;
  answerer: Answerer;
  sink: Sink;
  /** What the answers depend on. */
  work: Checkpoint['work'];
  /** Where an earlier run has stopped. */
  checkpoint: Checkpoint | undefined;
  signal: AbortSignal;
  report: (counts: Counts, place: Place) => void;
}

const saveMilliseconds = 1000;

/**
 * Answers an input from the checkpoint on, and writes the answers in the order of the texts. When the signal is aborted, what is under
 * way is written and noted before its reason is thrown.
 */
export async function classify(props: ClassifyProps): Promise<Counts> {
  const { input, sink, checkpoint, signal } = props;
  const state = {
    place: checkpoint?.place ?? input.start,
    counts: checkpoint?.counts ?? { answered: 0, unknown: 0, bad: 0 },
  };
  const owner = identify(process.pid) as ProcessIdentity;
  const save = () => sink.save({ format: 1, work: props.work, ...state, owner });
  if (!checkpoint) await sink.write({ output: headerOf(props.format), bad: [] });
  await save();
  // The first answers are noted at once: a run of long batches would have none for long.
  let savedAt = Number.NEGATIVE_INFINITY;
  for await (const { chunk, answers } of answered(props, state.place)) {
    await sink.write(answers);
    state.place = chunk.next;
    state.counts = sum(state.counts, answers.counts);
    props.report(state.counts, state.place);
    if (performance.now() - savedAt < saveMilliseconds) continue;
    await save();
    savedAt = performance.now();
  }
  if (signal.aborted) {
    await save();
    throw signal.reason;
  }
  await sink.finish();
  return state.counts;
}

interface Answered {
  chunk: ReadChunk;
  answers: ChunkAnswers;
}

// Keeps as many chunks under way as the answerer takes, and returns them in their order.
async function* answered({ input, answerer, signal }: ClassifyProps, from: Place): AsyncGenerator<Answered> {
  const underWay: Promise<Answered>[] = [];
  const next = async (chunk: ReadChunk): Promise<Answered> => ({ chunk, answers: await answerer.answer(chunk) });
  for await (const chunk of input.chunks(from)) {
    if (signal.aborted) break;
    const promise = next(chunk);
    // Whoever awaits it gets the error; until then it is nobody's.
    promise.catch(() => {});
    underWay.push(promise);
    if (underWay.length >= answerer.concurrency) yield (await underWay.shift()) as Answered;
  }
  while (underWay.length > 0) yield (await underWay.shift()) as Answered;
}

function headerOf({ layout, answers, isCompressed }: ChunkFormat): Uint8Array {
  const header = Buffer.from(headerLine(layout, answers));
  return isCompressed && header.length > 0 ? gzipSync(header) : header;
}

function sum(one: Counts, other: Counts): Counts {
  return {
    answered: one.answered + other.answered,
    unknown: one.unknown + other.unknown,
    bad: one.bad + other.bad,
  };
}
