import { finish, grow, type Step, takeAll } from './step.ts';
import type { StrategyOf } from './strategy.ts';

/** The old machines go before the new ones come: never two revisions at a time, and nothing serves meanwhile. */
export function recreate({ bakeSeconds }: StrategyOf<'recreate'>): Step[] {
  return [{ kind: 'stop' }, grow, takeAll(bakeSeconds), finish];
}
