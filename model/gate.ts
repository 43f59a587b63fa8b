import type { Manifest } from './artifact/manifest.ts';
import type { GateSettings } from './settings.ts';

/**
 * Why a model must not be released, one sentence each; none means that it may. `inService` is the model that it would
 * replace, where there is one.
 */
export function refusalsOf(
  candidate: Pick<Manifest, 'metrics' | 'golden'>,
  limits: GateSettings,
  inService?: Pick<Manifest, 'metrics'>,
): string[] {
  return [
    ...tooLow(candidate.metrics.accuracy, limits),
    ...(inService ? worse(candidate.metrics, inService.metrics, limits) : []),
    ...broken(candidate.golden),
  ];
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const points = (share: number): string => `${(100 * share).toFixed(1)} points`;

// Shares are quotients: a drop of exactly the limit must not be refused for its last bit.
const ROUNDING = 1e-9;

function tooLow(accuracy: number, { minimumAccuracy }: GateSettings): string[] {
  const missing = minimumAccuracy - accuracy;
  if (missing <= ROUNDING) return [];
  return [
    `accuracy: expected at least ${percent(minimumAccuracy)} (gate.minimumAccuracy), got ${percent(accuracy)}, ` +
      `${points(missing)} too low; add examples of the intents with the lowest F1`,
  ];
}

type Measured = Manifest['metrics'];

function worse(candidate: Measured, inService: Measured, limits: GateSettings): string[] {
  const drop = inService.accuracy - candidate.accuracy;
  const whole = `accuracy: expected to drop by at most ${points(limits.largestDrop)} (gate.largestDrop)`;
  const intents = Object.keys(inService.intents).sort();
  return [
    ...(drop > limits.largestDrop + ROUNDING
      ? [`${whole} from ${percent(inService.accuracy)} in service, got ${percent(candidate.accuracy)}`]
      : []),
    ...intents.flatMap((intent) => worseIntent(intent, candidate, inService, limits)),
  ];
}

function worseIntent(intent: string, candidate: Measured, inService: Measured, limits: GateSettings): string[] {
  const before = inService.intents[intent]?.f1 ?? 0;
  const after = candidate.intents[intent]?.f1;
  if (after === undefined) return [`intent ${intent}: is in service, and this model does not know it`];
  if (before - after <= limits.largestIntentDrop + ROUNDING) return [];
  return [
    `intent ${intent}: expected its F1 to drop by at most ${points(limits.largestIntentDrop)} ` +
      `(gate.largestIntentDrop) from ${percent(before)} in service, got ${percent(after)}`,
  ];
}

const broken = ({ failures }: Manifest['golden']): string[] =>
  failures.map(
    ({ text, expected, got }) =>
      `golden text ${JSON.stringify(text)}: expected ${expected}, got ${got}; teach it again`,
  );
