/**
 * Collects garbage where more than `highBytes` of the heap are in use; some 5 MB always are. V8 waits until half of what the heap
 * may take is full, and a flood fills it with garbage; a heap of half the size would end the process at a few long lines. Needs
 * `--expose-gc`; does nothing without it.
 */
export function collectGarbage(highBytes = 7_000_000): void {
  if (globalThis.gc && process.memoryUsage().heapUsed > highBytes) globalThis.gc();
}
