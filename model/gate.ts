import { formatPercent } from '../common/percent.ts';
import type { Manifest, Metrics } from './artifact/manifest.ts';
import type { GateSettings } from './settings.ts';

/**
 * Returns why a model may not be released, one sentence per reason; none if it may. `inService` is the model that it
 * would replace, if there is one.
 */
export function refusalsOf(
  candidate: Pick<Manifest, 'metrics' | 'golden'>,
  limits: GateSettings,
  inService?: Pick<Manifest, 'metrics'>,
): string[] {
  return [
    ...tooLow(candidate.metrics.accuracy, limits),
    ...(inService ? worse(candidate.metrics, inService.metrics, limits) : []),
    ...failedGolden(candidate.golden),
  ];
}

// A drop of exactly the limit must pass although quotients are rounded.
const tolerance = 1e-9;

function tooLow(accuracy: number, { minimumAccuracy }: GateSettings): string[] {
  const missing = minimumAccuracy - accuracy;
  if (missing <= tolerance) return [];
  return [
    `accuracy: expected at least ${formatPercent(minimumAccuracy)} (gate.minimumAccuracy), got ${formatPercent(accuracy)}, ` +
      `${points(missing)} too low; add examples of the intents with the lowest F1`,
  ];
}

function worse(candidate: Metrics, inService: Metrics, limits: GateSettings): string[] {
  const drop = inService.accuracy - candidate.accuracy;
  const whole = `accuracy: expected to drop by at most ${points(limits.largestDrop)} (gate.largestDrop)`;
  const intents = Object.keys(inService.intents).sort();
  return [
    ...(drop > limits.largestDrop + tolerance
      ? [`${whole} from ${formatPercent(inService.accuracy)} in service, got ${formatPercent(candidate.accuracy)}`]
      : []),
    ...intents.flatMap((intent) => worseIntent(intent, candidate, inService, limits)),
  ];
}

function worseIntent(intent: string, candidate: Metrics, inService: Metrics, limits: GateSettings): string[] {
  const before = inService.intents[intent]?.f1 ?? 0;
  const after = candidate.intents[intent]?.f1;
  if (after === undefined) return [`intent ${intent}: is in service, and this model does not know it`];
  if (before - after <= limits.largestIntentDrop + tolerance) return [];
  return [
    `intent ${intent}: expected its F1 to drop by at most ${points(limits.largestIntentDrop)} ` +
      `(gate.largestIntentDrop) from ${formatPercent(before)} in service, got ${formatPercent(after)}`,
  ];
}

function failedGolden({ failures }: Manifest['golden']): string[] {
  return failures.map(
    ({ text, expected, got }) =>
      `golden text ${JSON.stringify(text)}: expected ${expected}, got ${got}; add training texts like it`,
  );
}

function points(share: number): string {
  return `${(100 * share).toFixed(1)} points`;
}
