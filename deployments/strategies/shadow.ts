import { finish, grow, type Step, takeAll } from './step.ts';
import type { StrategyOf } from './strategy.ts';

/**
 * The machines of the live track ask the new release, too, whose answers nobody gets, until a person promotes it; then a second fleet
 * takes all traffic at once.
 */
export function shadow({ bakeSeconds }: StrategyOf<'shadow'>): Step[] {
  return [{ kind: 'shadow' }, grow, takeAll(bakeSeconds), finish];
}
