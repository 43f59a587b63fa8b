import type { Golden } from '../artifact/manifest.ts';
import type { Example } from '../datasets/example.ts';
import { type Predict, unknownIntent } from '../prediction.ts';

/** Returns the right answer to a text with this label: to an out-of-scope text it is unknown. */
export function rightAnswer(intent: string, outOfScopeLabel: string): string {
  return intent === outOfScopeLabel ? unknownIntent : intent;
}

/** Checks the texts that every model must answer right. */
export function checkGolden(predict: Predict, examples: readonly Example[], outOfScopeLabel: string): Golden {
  const answers = examples.map(({ text, intent }) => ({
    text,
    expected: rightAnswer(intent, outOfScopeLabel),
    got: predict(text, { top: 1 }).intent,
  }));
  return { texts: examples.length, failures: answers.filter(({ expected, got }) => expected !== got) };
}
