import { setTimeout as sleep } from 'node:timers/promises';

/** Waits; rejects with the reason of the signal when it is aborted. */
export function delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return sleep(milliseconds, undefined, { signal }).catch(() => signal?.throwIfAborted());
}
