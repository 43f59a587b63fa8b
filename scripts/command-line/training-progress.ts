import type { OnProgress } from '../../model/training/learn.ts';

/** Reports each step of a training and its progress as one line. */
export function trainingProgress(report: (line: string) => void): OnProgress {
  return async (step, share) => {
    report(`${step} ${Math.floor(share * 100)} %`);
    // Lets the event loop draw the line and handle Ctrl-C.
    await new Promise(setImmediate);
  };
}
