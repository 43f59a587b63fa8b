import type { OnProgress } from '../../model/training/train.ts';

/** Tells a step what learning is at, and how far it is. */
export const trainingProgress =
  (report: (line: string) => void): OnProgress =>
  async (step, share) => {
    report(`${step} ${Math.floor(share * 100)} %`);
    // Lets the line be drawn and Ctrl-C be heard.
    await new Promise(setImmediate);
  };
