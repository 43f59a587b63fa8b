import { listed } from '../../common/listed.ts';
import type { Classifier } from '../artifact/open.ts';
import { unknownIntent } from '../prediction.ts';

/** Texts that every model must take. */
const unusual = ['', ' ', '?', '😀', 'ä'.repeat(2000), '\u0000\n\t'];

// Sums of rounded shares.
const tolerance = 1e-6;

/**
 * Checks that a model does what it says of itself: it answers its own examples as its manifest has them, and any text with an intent of its
 * labels, or unknown, a confidence, and alternatives of its labels. Returns what is wrong.
 */
export function signatureFaults({ manifest, predict }: Pick<Classifier, 'manifest' | 'predict'>): string[] {
  const { labels, examples } = manifest;
  const wrong = examples.filter(({ text, intent }) => predict(text).intent !== intent);
  const odd = [...unusual, ...examples.map(({ text }) => text)].filter((text) => !isAnswer(predict(text), labels));
  return [
    ...(wrong.length > 0 ? [`${wrong.length} of its ${examples.length} own examples get another answer`] : []),
    ...(odd.length > 0
      ? [`these texts get no answer of its ${labels.length} labels: ${listed(odd.map((text) => JSON.stringify(text)))}`]
      : []),
  ];
}

function isAnswer({ intent, confidence, alternatives }: ReturnType<Classifier['predict']>, labels: readonly string[]) {
  const sum = alternatives.reduce((total, alternative) => total + alternative.confidence, 0);
  return (
    [...labels, unknownIntent].includes(intent) &&
    isShare(confidence) &&
    alternatives.every((alternative) => labels.includes(alternative.intent) && isShare(alternative.confidence)) &&
    sum <= 1 + tolerance
  );
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1 + tolerance;
}
