import { finish, type Step } from './step.ts';
import type { StrategyOf } from './strategy.ts';

/** The new track takes a share of the traffic after another, each under its alarms, while the live one keeps its size. */
export function canary({ steps, bakeSeconds }: StrategyOf<'canary'>): Step[] {
  const moved = steps.flatMap(({ percent, pause }): Step[] => [
    { kind: 'grow', share: { part: percent, of: 100 } },
    { kind: 'weight', percent, bakeSeconds, pause, sticky: false },
  ]);
  return [...moved, finish];
}
