import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';

export interface ReconcileLoopProps {
  /** Makes the actual state follow the desired one, once. */
  reconcile: () => Promise<void>;
  clock: Clock;
  log: Log;
}

export const reconcileIntervalMilliseconds = 5000;

/** Reconciles at an interval, and at once after each trigger. */
export class ReconcileLoop {
  readonly #props: ReconcileLoopProps;
  #triggered = false;
  #wake: () => void = () => undefined;

  constructor(props: ReconcileLoopProps) {
    this.#props = props;
  }

  /** Runs until `signal` is aborted. A pass that fails is logged; the next one tries again. */
  async run(signal: AbortSignal): Promise<void> {
    const { reconcile, clock, log } = this.#props;
    while (!signal.aborted) {
      this.#triggered = false;
      await reconcile().catch((error: Error) => log('reconciling failed', { error: error.message }));
      if (this.#triggered) continue;
      const { promise: triggered, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await Promise.race([clock.delay(reconcileIntervalMilliseconds), triggered]);
    }
  }

  /** Starts a pass at once, or another one after the pass that is running. */
  trigger(): void {
    this.#triggered = true;
    this.#wake();
  }
}
