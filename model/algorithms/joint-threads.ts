import { on } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ReportShare } from '../../common/in-turns.ts';
import type { LinearMember } from './algorithm.ts';
import type { JointProblem, JointWeights } from './joint-descent.ts';

/** What a thread posts: the share that is done, and at the end what it has learned. */
export type JointMessage = { readonly share: number } | { readonly learned: JointWeights };

// The loops take sixteen classes at once, so that fewer in a thread cost as much.
const fewestClasses = 16;

/** Learns all classes, in as many threads as there are processors; the arrays of the matrix are shared with them. */
export async function separateInThreads(
  problem: Omit<JointProblem, 'first' | 'end'>,
  classes: number,
  onProgress: ReportShare,
): Promise<LinearMember> {
  const bias = new Float32Array(classes);
  const weights = new Float32Array(classes * problem.matrix.columns);
  const size = Math.max(fewestClasses, Math.ceil(classes / availableParallelism()));
  const firsts = Array.from({ length: Math.ceil(classes / size) }, (_, thread) => thread * size);
  const shares = firsts.map(() => 0);
  const learn = async (first: number, thread: number): Promise<void> => {
    const part = { ...problem, first, end: Math.min(first + size, classes) };
    const report = (share: number): Promise<void> => {
      shares[thread] = share;
      return onProgress(shares.reduce((sum, one) => sum + one, 0) / shares.length);
    };
    const learned = await inThread(part, report);
    bias.set(learned.bias, first);
    copyColumns(learned.weights, part, weights, classes);
  };
  await Promise.all(firsts.map(learn));
  return { kind: 'linear', bias, weights };
}

async function inThread(problem: JointProblem, report: ReportShare): Promise<JointWeights> {
  const worker = new Worker(new URL('./joint-worker.ts', import.meta.url), { workerData: problem });
  try {
    for await (const [message] of on(worker, 'message', { close: ['exit'] })) {
      if ('learned' in message) return message.learned;
      await report(message.share);
    }
    throw new Error('a thread of the training has ended before its work');
  } finally {
    await worker.terminate();
  }
}

function copyColumns(from: Float32Array, { first, end }: JointProblem, to: Float32Array, classes: number): void {
  const width = end - first;
  for (let row = 0; row * width < from.length; row += 1)
    to.set(from.subarray(row * width, (row + 1) * width), row * classes + first);
}
