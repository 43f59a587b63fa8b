import type { Golden } from '../artifact/manifest.ts';
import type { Classifier } from '../classifier.ts';
import type { Example } from '../datasets/example.ts';

/** Asks for every text that must be right whatever else changes. */
export function checkGolden(predict: Classifier['predict'], examples: readonly Example[]): Golden {
  const asked = examples.map(({ text, intent }) => ({ text, expected: intent, got: predict(text, { top: 1 }).intent }));
  return { texts: examples.length, failures: asked.filter(({ expected, got }) => expected !== got) };
}
