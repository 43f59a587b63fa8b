import type { Classifier } from '../../model/artifact/open.ts';
import type { Prediction } from '../../model/prediction.ts';
import type { Context } from '../context.ts';

/** Classifies one text, counts the prediction, and has it copied for the shadow. */
export function answerText(
  { metrics, copies }: Pick<Context, 'metrics' | 'copies'>,
  classifier: Classifier,
  text: string,
  top: number,
): Prediction {
  const start = performance.now();
  const prediction = classifier.predict(text, { top });
  const seconds = (performance.now() - start) / 1000;
  metrics.predictions.count(prediction, seconds);
  copies?.add({ text, intent: prediction.intent, confidence: prediction.confidence, seconds });
  return prediction;
}
