/**
 * Returns a signal that is aborted after a time. It counts in two halves: a program that has computed for longer than that, and could
 * take no answer meanwhile, has the second one to take it.
 */
export function lateAfter(milliseconds: number): AbortSignal {
  const late = new AbortController();
  const half = (then: () => void) => AbortSignal.timeout(milliseconds / 2).addEventListener('abort', then);
  half(() => half(() => late.abort()));
  return late.signal;
}
