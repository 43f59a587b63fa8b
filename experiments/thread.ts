import { Worker } from 'node:worker_threads';
import type { PartResult } from './cross-validate.ts';
import type { WorkerMessage, WorkerStart } from './worker.ts';

/** How the work of a thread has ended. */
export type ThreadEnd = { outcome: 'finished' | 'stopped' } | { outcome: 'refused'; reason: string };

/**
 * Measures parts in a thread of its own, which ends when they are done, when its seconds are over, or when the signal is aborted, as
 * which it is stopped. natural's algorithms never yield, so that only the end of their thread ends them.
 */
export async function measureInThread(
  start: WorkerStart,
  seconds: number,
  onResult: (result: PartResult) => Promise<void>,
  signal: AbortSignal,
): Promise<ThreadEnd> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: start });
  const limit = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(seconds * 1000))]);
  const stop = (): void => void worker.terminate();
  limit.addEventListener('abort', stop);
  let reason: string | undefined;
  let stored = Promise.resolve();
  worker.on('message', (message: WorkerMessage) => {
    if ('refusal' in message) reason = message.refusal;
    else {
      stored = stored.then(() => onResult(message.result));
      stored.catch(stop);
    }
  });
  let code: number | undefined;
  try {
    code = await new Promise<number>((resolve, reject) => worker.once('exit', resolve).once('error', reject));
    await stored;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error;
    reason = 'it needs more memory than a thread may use';
  } finally {
    limit.removeEventListener('abort', stop);
    await worker.terminate();
  }
  signal.throwIfAborted();
  if (reason !== undefined) return { outcome: 'refused', reason };
  return { outcome: code === 0 ? 'finished' : 'stopped' };
}
