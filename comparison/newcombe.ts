import { wilson } from '../common/wilson.ts';
import type { Pair } from './feedback.ts';
import type { Standardised } from './same-periods.ts';

/**
 * The interval of the difference b − a of two accuracies at a critical value of the standard normal distribution, made from the Wilson
 * limits of both (Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine 17, 1998,
 * method 10). A normal interval errs too often for a candidate with few feedbacks, nearly all of them right.
 */
export function newcombe({ a, b }: Pair<Standardised>, z: number): [low: number, high: number] {
  const [fromA, fromB] = [distances(a, z), distances(b, z)];
  const difference = b.accuracy - a.accuracy;
  return [difference - Math.hypot(fromB.toLow, fromA.toHigh), difference + Math.hypot(fromB.toHigh, fromA.toLow)];
}

function distances({ accuracy, feedbacks }: Standardised, z: number): { toLow: number; toHigh: number } {
  const [low, high] = wilson(accuracy * feedbacks, feedbacks, z);
  return { toLow: accuracy - low, toHigh: high - accuracy };
}
