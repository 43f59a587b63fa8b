import { Worker } from 'node:worker_threads';
import type { Chunk, ChunkAnswers } from './chunk.ts';
import type { WorkerStart } from './worker.ts';

/** Answers chunks, several at a time. */
export interface Answerer {
  /** How many chunks it takes at a time. */
  readonly concurrency: number;
  answer(chunk: Chunk): Promise<ChunkAnswers>;
  end(): Promise<void>;
}

interface Job {
  readonly chunk: Chunk;
  readonly done: (answers: ChunkAnswers) => void;
  readonly failed: (error: Error) => void;
}

/** Starts threads that answer by the model of an artifact, each with a copy of it. */
export function startThreads(count: number, start: WorkerStart): Answerer {
  const waiting: Job[] = [];
  const threads = Array.from({ length: count }, () => new Thread(start, waiting));
  const end = async (): Promise<void> => {
    await Promise.all(threads.map((thread) => thread.end()));
  };
  return {
    // One chunk waits for each thread, so that none waits for the reader.
    concurrency: 2 * count,
    answer: (chunk) =>
      new Promise((done, failed) => {
        waiting.push({ chunk, done, failed });
        for (const thread of threads) thread.next();
      }),
    end,
  };
}

class Thread {
  readonly #worker: Worker;
  readonly #waiting: Job[];
  #job: Job | undefined;
  #failure: Error | undefined;

  constructor(start: WorkerStart, waiting: Job[]) {
    this.#waiting = waiting;
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: start,
      // What a chunk leaves is collected soon: by default, V8 would keep tens of megabytes more for each thread.
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    this.#worker.on('message', (answers: ChunkAnswers) => {
      const job = this.#job;
      this.#job = undefined;
      job?.done(answers);
      this.next();
    });
    this.#worker.on('error', (error) => this.#fail(error));
  }

  /** Takes the next chunk that waits, unless one is under way. */
  next(): void {
    if (this.#job) return;
    this.#job = this.#waiting.shift();
    if (!this.#job) return;
    const { bytes, firstLine } = this.#job.chunk;
    if (this.#failure) this.#fail(this.#failure);
    else this.#worker.postMessage({ bytes, firstLine } satisfies Chunk, [bytes.buffer]);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    this.#failure = error;
    const job = this.#job;
    this.#job = undefined;
    job?.failed(error);
  }
}
