import { formatPercent } from '../../common/percent.ts';
import type { Manifest } from '../artifact/manifest.ts';
import type { GateSettings } from '../settings.ts';
import type { Comparison } from './comparison.ts';

/**
 * Returns why a model may not be released, one sentence per reason; none if it may. `comparison` is with the model that it
 * would replace, if they can be compared; `removed` are the intents that would leave without consent.
 */
export function refusalsOf(
  candidate: Pick<Manifest, 'metrics' | 'golden'>,
  limits: GateSettings,
  comparison?: Comparison,
  removed: readonly string[] = [],
): string[] {
  return [
    ...tooLow(candidate.metrics.accuracy, limits),
    ...tooLowIntents(candidate.metrics, limits),
    ...notCalibrated(candidate.metrics, limits),
    ...(comparison ? worse(comparison, limits) : []),
    ...failedGolden(candidate.golden),
    ...(removed.length > 0 ? [`intents in service that this model does not know: ${removed.join(', ')}`] : []),
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

function tooLowIntents({ intents }: Manifest['metrics'], { minimumIntentF1 }: GateSettings): string[] {
  return Object.entries(intents)
    .filter(([, { f1, examples }]) => examples > 0 && minimumIntentF1 - f1 > tolerance)
    .map(
      ([intent, { f1 }]) =>
        `intent ${intent}: expected an F1 of at least ${formatPercent(minimumIntentF1)} (gate.minimumIntentF1), got ${formatPercent(f1)}; add examples of it`,
    );
}

function notCalibrated({ calibrationError }: Manifest['metrics'], { largestCalibrationError }: GateSettings): string[] {
  if (calibrationError <= largestCalibrationError + tolerance) return [];
  return [
    `calibration error: expected at most ${largestCalibrationError} (gate.largestCalibrationError), got ${calibrationError.toFixed(3)}; ` +
      'give validation texts that resemble the traffic, or more test texts',
  ];
}

function worse(comparison: Comparison, limits: GateSettings): string[] {
  const { candidate, inService, texts } = comparison;
  const drop = inService.accuracy - candidate.accuracy;
  const whole = `accuracy: expected to drop by at most ${points(limits.largestDrop)} (gate.largestDrop)`;
  const intents = Object.keys(inService.intents).sort();
  return [
    ...(drop > limits.largestDrop + tolerance
      ? [
          `${whole} from ${formatPercent(inService.accuracy)} in service, got ${formatPercent(candidate.accuracy)}, ${texts}`,
        ]
      : []),
    ...intents.flatMap((intent) => worseIntent(intent, comparison, limits)),
  ];
}

function worseIntent(intent: string, { candidate, inService, texts }: Comparison, limits: GateSettings): string[] {
  const before = inService.intents[intent]?.f1 ?? 0;
  const after = candidate.intents[intent]?.f1;
  if (after === undefined || before - after <= limits.largestIntentDrop + tolerance) return [];
  return [
    `intent ${intent}: expected its F1 to drop by at most ${points(limits.largestIntentDrop)} ` +
      `(gate.largestIntentDrop) from ${formatPercent(before)} in service, got ${formatPercent(after)}, ${texts}`,
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
