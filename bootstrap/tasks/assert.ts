import type { Facts } from '../facts.ts';
import { type Task, type TaskOptions, taskOf } from './task.ts';

export interface AssertSettings extends TaskOptions {
  /** The sentence that says what is wrong; undefined where the facts are as expected. */
  that: (facts: Facts) => string | undefined;
}

/** Stops the run where the facts are not as expected. */
export function assert(settings: AssertSettings): Task {
  return taskOf('assert', settings, async (_, facts) => {
    const failure = settings.that(facts);
    if (failure !== undefined) throw new Error(failure);
    return undefined;
  });
}
