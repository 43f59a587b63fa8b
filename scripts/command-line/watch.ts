import { setTimeout as delay } from 'node:timers/promises';
import { createLogUpdate } from 'log-update';

export interface WatchOptions {
  /** Where each text is shown: in the place of the one before on a terminal, below it elsewhere. */
  output: NodeJS.WriteStream;
  milliseconds: number;
  signal?: AbortSignal;
}

/** Shows a text and renews it at intervals. Once it was shown, a failure is shown below it, and the next renewal tries again. */
export async function watch(
  text: () => Promise<string>,
  { output, milliseconds, signal }: WatchOptions,
): Promise<void> {
  const show = output.isTTY ? createLogUpdate(output) : (shown: string) => output.write(`${shown}\n\n`);
  let last = await text();
  show(last);
  while (!signal?.aborted) {
    await delay(milliseconds, undefined, signal && { signal }).catch(() => undefined);
    if (signal?.aborted) return;
    try {
      last = await text();
      show(last);
    } catch (error) {
      show(`${last}\nNot renewed at ${new Date().toISOString()}: ${(error as Error).message}`);
    }
  }
}
