import { grow, type Step, takeAll } from './step.ts';
import type { StrategyOf } from './strategy.ts';

/** A second fleet of full size takes all traffic at once; the first one stands by until the bake is over, or longer. */
export function blueGreen({ keep, bakeSeconds }: StrategyOf<'blue-green'>): Step[] {
  return [grow, takeAll(bakeSeconds), { kind: 'finish', warm: keep === 'warm' }];
}
