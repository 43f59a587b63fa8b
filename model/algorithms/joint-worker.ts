import { parentPort, workerData } from 'node:worker_threads';
import { type JointProblem, separateJointly } from './joint-descent.ts';
import type { JointMessage } from './joint-threads.ts';

function post(message: JointMessage, moved: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, moved);
}

const learned = separateJointly(workerData as JointProblem, (share) => post({ share }));
post({ learned }, [learned.weights.buffer as ArrayBuffer]);
