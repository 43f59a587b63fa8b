/** The standard normal distribution's quantile of 97.5 %, which makes an interval one of 95 %. */
const normalQuantile = 1.959964;

/** Returns Wilson's score interval of a proportion: at 95 %, or at another critical value of the standard normal distribution. */
export function wilson(successes: number, trials: number, z = normalQuantile): [number, number] {
  if (trials === 0) return [0, 1];
  const proportion = successes / trials;
  const scale = 1 + (z * z) / trials;
  const center = (proportion + (z * z) / (2 * trials)) / scale;
  const spread = (z / scale) * Math.sqrt((proportion * (1 - proportion)) / trials + (z * z) / (4 * trials * trials));
  return [Math.max(0, center - spread), Math.min(1, center + spread)];
}
