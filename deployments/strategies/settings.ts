import { z } from 'zod';
import { ascendToAll, canaryStepSchema, type Strategy } from './strategy.ts';

const percent = z.int().min(1).max(100);

/** `25`, or `{percent: 25, pause: true}` for a step that waits for a person after its bake. */
const step = z.union([percent.transform((value) => ({ percent: value, pause: false })), canaryStepSchema], {
  error: 'a whole percentage from 1 to 100, or {percent: …, pause: true}',
});

const steps = z.array(step).min(1).max(20).check(ascendToAll);

/** How a stage deploys: `deployment` in its settings. A strategy reads its own members and leaves the others alone. */
export const deploymentSettings = z.strictObject({
  strategy: z.enum(['recreate', 'rolling', 'blue-green', 'canary', 'ab', 'shadow']).default('rolling'),
  /** Rolling: the machines that are added, and then taken away, at a time. */
  surge: z.int().min(1).max(100).default(1),
  /** Blue-green: `warm` keeps the old machines until the next command; `none` removes them after the bake. */
  keep: z.enum(['none', 'warm']).default('none'),
  /** Canary: the percentages of the traffic that the new revision takes, one after another. */
  steps: steps.prefault([5, 25, 50, 100]),
  /** A/B: the percentage of the traffic that the new revision takes until a person decides. */
  percent: z.int().min(1).max(99).default(50),
  /** Time that the new revision serves under its alarms before the next step. */
  bakeSeconds: z.int().min(0).max(86_400).default(300),
  /** Time for the machines of a step to become healthy. */
  stepTimeoutSeconds: z.int().min(60).max(7200).default(600),
  /** Revisions that can be gone back to, with the one that serves. */
  keepRevisions: z.int().min(1).max(20).default(3),
});

export type DeploymentSettings = z.output<typeof deploymentSettings>;

/** Returns the strategy of a stage with its parameters. */
export function strategyOf(settings: DeploymentSettings): Strategy {
  const { strategy, surge, keep, steps: canary, percent: share, bakeSeconds, stepTimeoutSeconds } = settings;
  const judged = { bakeSeconds, stepTimeoutSeconds };
  switch (strategy) {
    case 'recreate':
    case 'shadow':
      return { kind: strategy, ...judged };
    case 'rolling':
      return { kind: strategy, surge, ...judged };
    case 'blue-green':
      return { kind: strategy, keep, ...judged };
    case 'canary':
      return { kind: strategy, steps: canary, ...judged };
    case 'ab':
      return { kind: strategy, percent: share, ...judged };
  }
}
