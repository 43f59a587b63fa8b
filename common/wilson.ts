/** Returns Wilson's score interval of a proportion, at 95 %. */
export function wilson(successes: number, trials: number): [number, number] {
  if (trials === 0) return [0, 1];
  const z = 1.959964;
  const proportion = successes / trials;
  const scale = 1 + (z * z) / trials;
  const center = (proportion + (z * z) / (2 * trials)) / scale;
  const spread = (z / scale) * Math.sqrt((proportion * (1 - proportion)) / trials + (z * z) / (4 * trials * trials));
  return [Math.max(0, center - spread), Math.min(1, center + spread)];
}
