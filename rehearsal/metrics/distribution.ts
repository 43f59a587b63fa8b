/** The values of a metric in a period. */
export interface Distribution {
  count: number;
  sum: number;
  minimum: number;
  maximum: number;
  /** How often each value occurred, rounded to three digits, which bounds the memory; empty if only the sums are known. */
  values: ReadonlyMap<number, number>;
}

/** Summarizes values, each with the number of its occurrences. */
export function distributionOf(occurrences: Iterable<readonly [value: number, count: number]>): Distribution {
  const total = { count: 0, sum: 0, minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY };
  const values = new Map<number, number>();
  for (const [value, count] of occurrences) {
    total.count += count;
    total.sum += value * count;
    total.minimum = Math.min(total.minimum, value);
    total.maximum = Math.max(total.maximum, value);
    const rounded = Number(value.toPrecision(3));
    values.set(rounded, (values.get(rounded) ?? 0) + count);
  }
  return { ...total, values };
}

export function merge(distributions: readonly Distribution[]): Distribution {
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  const isKnown = distributions.every(({ values }) => values.size > 0);
  return {
    count: sum(distributions.map(({ count }) => count)),
    sum: sum(distributions.map((one) => one.sum)),
    minimum: Math.min(...distributions.map(({ minimum }) => minimum)),
    maximum: Math.max(...distributions.map(({ maximum }) => maximum)),
    values: isKnown ? distributionOf(distributions.flatMap(({ values }) => [...values])).values : new Map(),
  };
}

/** Returns a statistic such as `Average` or `p99`; undefined if it is unknown or the values do not tell. */
export function statisticOf(distribution: Distribution, statistic: string): number | undefined {
  const { count, sum, minimum, maximum } = distribution;
  const simple = { Sum: sum, SampleCount: count, Average: sum / count, Minimum: minimum, Maximum: maximum };
  const percent = /^p(\d{1,2}(?:\.\d+)?|100)$/.exec(statistic)?.[1];
  return percent ? percentile(distribution, Number(percent)) : simple[statistic as keyof typeof simple];
}

// The value at the nearest rank. Of sums alone, CloudWatch knows percentiles only if all values are the same.
function percentile({ count, minimum, maximum, values }: Distribution, percent: number): number | undefined {
  if (minimum === maximum) return minimum;
  const rank = Math.ceil((percent / 100) * count);
  let passed = 0;
  for (const [value, occurrences] of [...values].sort(([left], [right]) => left - right)) {
    passed += occurrences;
    if (passed >= rank) return value;
  }
  return undefined;
}
