import { z } from 'zod';

const seconds = z.int().min(0);

const limits = { stepTimeoutSeconds: z.int().min(1) };
const judged = { ...limits, bakeSeconds: seconds };

/** A step of a canary: its share of the traffic, and whether it waits for a person after its bake. */
export const canaryStepSchema = z.strictObject({ percent: z.int().min(1).max(100), pause: z.boolean() });

export type CanaryStep = z.output<typeof canaryStepSchema>;

/** Checks that each step takes more than the one before, and the last one everything. */
export function ascendToAll({ value, issues }: z.core.ParsePayload<CanaryStep[]>): void {
  value.forEach(({ percent: input }, index) => {
    const before = value[index - 1]?.percent;
    if (before === undefined || input > before) return;
    issues.push({ code: 'custom', path: [index], message: `more than the step before (${before})`, input });
  });
  const last = value.at(-1)?.percent;
  if (last === undefined || last === 100) return;
  issues.push({ code: 'custom', path: [value.length - 1], message: '100 as the last step', input: last });
}

/** How a deployment is done: the kind with the parameters that it began with. */
export const strategySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('recreate'), ...judged }),
  z.strictObject({ kind: z.literal('rolling'), surge: z.int().min(1), ...judged }),
  z.strictObject({ kind: z.literal('blue-green'), keep: z.enum(['none', 'warm']), ...judged }),
  z.strictObject({ kind: z.literal('canary'), steps: z.array(canaryStepSchema).min(1).check(ascendToAll), ...judged }),
  z.strictObject({ kind: z.literal('ab'), percent: z.int().min(1).max(99), ...judged }),
  z.strictObject({ kind: z.literal('shadow'), ...judged }),
  // Chosen by a person, not by a stage: no bake and no alarms, which might ring for what it leaves behind. `fromWarm`: to
  // machines that are kept warm.
  z.strictObject({ kind: z.literal('rollback'), fromWarm: z.boolean(), ...limits }),
]);

export type Strategy = z.output<typeof strategySchema>;
export type StrategyOf<Kind extends Strategy['kind']> = Extract<Strategy, { kind: Kind }>;
