import { Counter, Registry } from 'prom-client';
import type { FeedbackRecord } from '../common/feedback/record.ts';

/** Counts feedback by the release that has answered, by its answer, and by whether that was right. Prometheus calls a machine's own `release`. */
export class FeedbackCounts {
  readonly #registry = new Registry();
  readonly #feedback = new Counter({
    name: 'intent_feedback_total',
    help: 'Feedback that this machine has stored, by what was answered, and whether it was right',
    labelNames: ['answered_by', 'intent', 'outcome'],
    registers: [this.#registry],
  });

  add({ release, predicted, intent }: Pick<FeedbackRecord, 'release' | 'predicted' | 'intent'>): void {
    this.#feedback.inc({ answered_by: release, intent: predicted, outcome: predicted === intent ? 'right' : 'wrong' });
  }

  /** Returns the metrics in the text format of Prometheus. */
  exposition(): Promise<string> {
    return this.#registry.metrics();
  }
}
