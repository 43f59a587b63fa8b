import { finish, type Step } from './step.ts';
import type { StrategyOf } from './strategy.ts';

/**
 * A few machines at a time: the new track grows by them, the traffic follows, the live track shrinks by as many. Weights are
 * those of the machines after it has shrunk, so that no machine ever gets more than its part.
 */
export function rolling({ surge, bakeSeconds }: StrategyOf<'rolling'>, machines: number): Step[] {
  const rounds = Math.ceil(machines / surge);
  return Array.from({ length: rounds }, (_, index) => Math.min((index + 1) * surge, machines)).flatMap((part) => {
    const share = { part, of: machines };
    const percent = Math.floor((100 * part) / machines);
    const moved: Step[] = [
      { kind: 'grow', share },
      { kind: 'weight', percent, bakeSeconds, pause: false, sticky: false },
    ];
    return [...moved, part < machines ? { kind: 'shrink', share } : finish];
  });
}
