import { parentPort, workerData } from 'node:worker_threads';
import { openArtifact } from '../model/artifact/open.ts';
import { type Chunk, type ChunkAnswers, type ChunkFormat, rowsOfChunk, writeAnswers } from './chunk.ts';

/** What a thread is started with. */
export interface WorkerStart {
  readonly artifact: string;
  readonly format: ChunkFormat;
}

const { artifact, format } = workerData as WorkerStart;
const { predict } = await openArtifact(artifact);
const { top } = format.answers;

function answer(chunk: Chunk): ChunkAnswers {
  const { rows, bad } = rowsOfChunk(chunk, format);
  const predictions = rows.map(({ text }) => predict(text, { top }));
  return writeAnswers(rows, predictions, bad, format);
}

parentPort?.on('message', (chunk: Chunk) => parentPort?.postMessage(answer(chunk)));
