import { agrees, type Check, type Result } from './check.ts';
import type { Environment } from './environment.ts';

export interface RunProps {
  /** Ends the run; what was not observed until then has no result. */
  signal: AbortSignal;
  report: (result: Result) => void;
}

/** Runs checks one after another; one that fails has its error as observation. */
export async function runChecks(
  checks: readonly Check[],
  environment: Environment,
  { signal, report }: RunProps,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const check of checks) {
    const result = await observe(check, environment, signal);
    if (signal.aborted) break;
    results.push(result);
    report(result);
  }
  return results;
}

async function observe(check: Check, environment: Environment, signal: AbortSignal): Promise<Result> {
  const { name, expected, page } = check;
  const began = performance.now();
  const observed = await orAborted(signal, () => check.observe(environment)).catch(
    (error: Error) => `error: ${error.message}`,
  );
  return { name, expected, page, observed, seconds: (performance.now() - began) / 1000 };
}

/** Resolves as an action does, or rejects with the reason of the abort as soon as the signal is aborted. */
export async function orAborted<Value>(signal: AbortSignal, action: () => Promise<Value>): Promise<Value> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  return Promise.race([action(), aborted]).finally(() => signal.removeEventListener('abort', abort));
}

/** One line for a result: `✔ a rule with a path: 418 path (0.1 s)`. */
export function resultLine(result: Result): string {
  const { name, observed, seconds } = result;
  return `${agrees(result) ? '✔' : '✘'} ${name}: ${observed} (${seconds.toFixed(1)} s)`;
}
