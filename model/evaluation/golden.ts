import type { Golden } from '../artifact/manifest.ts';
import { type Classifier, UNKNOWN } from '../classifier.ts';
import type { Example } from '../datasets/example.ts';

/** Asks for every text that must be right whatever else changes; out of scope, the right answer is unknown. */
export function checkGolden(
  predict: Classifier['predict'],
  examples: readonly Example[],
  outOfScopeLabel: string,
): Golden {
  const asked = examples.map(({ text, intent }) => ({
    text,
    expected: intent === outOfScopeLabel ? UNKNOWN : intent,
    got: predict(text, { top: 1 }).intent,
  }));
  return { texts: examples.length, failures: asked.filter(({ expected, got }) => expected !== got) };
}
