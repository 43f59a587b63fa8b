import { finish, grow, type Step, takeAll } from './step.ts';
import type { StrategyOf } from './strategy.ts';

/** Both tracks serve, each client the same one, until a person has compared them and promotes or aborts. */
export function ab({ percent, bakeSeconds }: StrategyOf<'ab'>): Step[] {
  return [
    { kind: 'grow', share: { part: percent, of: 100 } },
    { kind: 'weight', percent, bakeSeconds, pause: true, sticky: true },
    grow,
    takeAll(bakeSeconds),
    finish,
  ];
}
