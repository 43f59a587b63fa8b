import { confidenceBounds } from '../../common/confidence-bounds.ts';
import { answersWith, type Reference } from '../artifact/reference.ts';
import { decide } from '../scoring/decide.ts';
import type { ModelConfiguration } from '../scoring/model.ts';
import { probabilitiesOf } from './calibrate.ts';
import type { HeldOut } from './held-out.ts';

/** Counts the answers to held-out texts, as the service would give them: with calibration and threshold. */
export function referenceOf(
  heldOut: readonly HeldOut[],
  { labels, calibration, threshold }: Pick<ModelConfiguration, 'labels' | 'calibration' | 'threshold'>,
): Reference {
  const answers = heldOut.map((example) => {
    const lowest = example.known ? threshold.value : Number.POSITIVE_INFINITY;
    return decide(probabilitiesOf(example, calibration), { labels, threshold: lowest }, 1);
  });
  return {
    texts: heldOut.length,
    intents: answersWith(labels).map((intent) => ({
      intent,
      texts: answers.filter((answer) => answer.intent === intent).length,
    })),
    confidences: confidenceBounds.map((upTo) => ({
      upTo,
      texts: answers.filter(({ confidence }) => confidence <= upTo).length,
    })),
  };
}
