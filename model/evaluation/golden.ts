import type { Golden } from '../artifact/manifest.ts';
import type { Example } from '../datasets/example.ts';
import { type Predict, unknownIntent } from '../prediction.ts';

/** Checks the texts that every model must answer right; the right answer to an out-of-scope text is unknown. */
export function checkGolden(predict: Predict, examples: readonly Example[], outOfScopeLabel: string): Golden {
  const answers = examples.map(({ text, intent }) => ({
    text,
    expected: intent === outOfScopeLabel ? unknownIntent : intent,
    got: predict(text, { top: 1 }).intent,
  }));
  return { texts: examples.length, failures: answers.filter(({ expected, got }) => expected !== got) };
}
