import type { UnderWay } from '../deployment.ts';
import { ab } from './ab.ts';
import { blueGreen } from './blue-green.ts';
import { canary } from './canary.ts';
import { recreate } from './recreate.ts';
import { rolling } from './rolling.ts';
import { shadow } from './shadow.ts';
import { finish, grow, type Step, takeAll } from './step.ts';

/** Returns the steps of a deployment under way, from its beginning; those with nothing to do are passed over. */
export function stepsOf({ strategy, progress }: UnderWay): Step[] {
  if (progress.from === null) return [grow, finish];
  return [{ kind: 'empty' }, ...strategySteps(strategy, progress.machines)];
}

function strategySteps(strategy: UnderWay['strategy'], machines: number): Step[] {
  switch (strategy.kind) {
    case 'recreate':
      return recreate(strategy);
    case 'rolling':
      return rolling(strategy, machines);
    case 'blue-green':
      return blueGreen(strategy);
    case 'canary':
      return canary(strategy);
    case 'ab':
      return ab(strategy);
    case 'shadow':
      return shadow(strategy);
    case 'rollback':
      return [grow, takeAll(0), finish];
  }
}

/** The step that was applied last; undefined before the first one. */
export function currentStep(deployment: UnderWay): Step | undefined {
  return stepsOf(deployment)[deployment.progress.step - 1];
}

/** True where the step that was applied last waits for a person. */
export function isPausing(deployment: UnderWay): boolean {
  const current = currentStep(deployment);
  return current?.kind === 'shadow' || (current?.kind === 'weight' && current.pause);
}

/** True once the live track has given machines away. */
export function hasShrunk(deployment: UnderWay): boolean {
  const behind = stepsOf(deployment).slice(0, deployment.progress.step);
  return behind.some(({ kind }) => kind === 'stop' || kind === 'shrink');
}
