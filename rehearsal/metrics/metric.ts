/** A metric, as CloudWatch identifies it. */
export interface Metric {
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
}

/** Returns a text that two metrics share if they are the same. */
export function keyOf({ namespace, name, dimensions }: Metric): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).sort()]);
}

/** Tells whether AWS publishes a metric itself, instead of the account. */
export function isFromAws({ namespace }: Metric): boolean {
  return namespace.startsWith('AWS/');
}

/** Tells whether a metric has a value for each request, so that its sum grows with the length of a period. */
export function isPerRequest({ namespace, name }: Metric): boolean {
  return namespace === 'AWS/ApplicationELB' && !name.endsWith('HostCount');
}

/** Returns the unit that AWS publishes a metric in. */
export function unitOf(metric: Metric): string {
  if (!isFromAws(metric)) return 'None';
  return { CPUUtilization: 'Percent', TargetResponseTime: 'Seconds' }[metric.name] ?? 'Count';
}
